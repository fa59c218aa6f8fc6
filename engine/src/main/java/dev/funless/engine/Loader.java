package dev.funless.engine;

import com.dylibso.chicory.wasm.WasmModule;
import dev.funless.engine.cache.BodyStubs;
import dev.funless.engine.cache.CompiledCache;
import dev.funless.engine.cache.CompiledClasses;
import dev.funless.engine.compile.ExecutableCode;
import dev.funless.engine.compile.GuestClasses;
import dev.funless.engine.compile.Interpretable;
import dev.funless.engine.compile.InterpreterBounds;
import dev.funless.engine.compile.LightModule;
import dev.funless.engine.compile.ModuleCompiler;
import dev.funless.engine.memory.GuestMemory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes modules ready: from compiled classes that were kept, else by compiling. Compiling a large
 * module takes a second a megabyte, so it is interpreted at first, which is some fifty times slower
 * but as safe, and compiled when the caller finds it convenient. Blocks. Thread-safe.
 */
final class Loader {

  private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

  /** What takes longer to compile than somebody would like to wait. */
  private static final int LARGE_BYTES = 128 << 10;

  /** What a loaded module takes, measured: a byte of its class files about two in the JVM. */
  private static final long OVERHEAD_BYTES = 24 << 10;

  private static final long CLASS_FACTOR = 2;

  private final Optional<CompiledCache> cache;

  Loader(Optional<CompiledCache> cache) {
    this.cache = cache;
  }

  LoadedFunction load(byte[] code) throws InvalidModuleException {
    String sha256 = sha256(code);
    LoadedFunction kept = kept(sha256, code);
    if (kept != null) {
      return kept;
    }
    CheckedModule checked = ModuleCheck.check(code);
    var function = interpreted(sha256, checked, code.length);
    if (code.length < LARGE_BYTES || !Interpretable.all(checked.module())) {
      compile(function);
    }
    return function;
  }

  /** Null where it was not kept, or not whole. */
  private LoadedFunction kept(String sha256, byte[] code) {
    CompiledClasses compiled = cache.flatMap(its -> its.get(sha256)).orElse(null);
    if (compiled == null) {
      return null;
    }
    try {
      byte[] stubs = BodyStubs.stub(code, compiled.interpretedFunctions());
      CheckedModule checked = ModuleCheck.check(stubs);
      Form form = form(checked, compiled);
      return new LoadedFunction(checked, form, bytes(checked, compiled), null);
    } catch (InvalidModuleException | RuntimeException | LinkageError e) {
      LOG.warn("The classes that were kept for {} do not fit it", sha256, e);
      cache.get().remove(sha256);
      return null;
    }
  }

  static LoadedFunction interpreted(String sha256, CheckedModule checked, int codeBytes) {
    WasmModule module = LightModule.interpreted(checked.module());
    long instanceBytes = instanceBytes(checked) + InterpreterBounds.BYTES;
    var form = new Form(checked, module, new ExecutableCode.Interpreted(), instanceBytes);
    return new LoadedFunction(
        checked,
        form,
        codeBytes * ModuleScan.PARSED_BYTES_PER_CODE_BYTE,
        new LoadedFunction.Uncompiled(sha256, checked));
  }

  /**
   * Where the library's compiler gives up on a module that it found valid, it stays interpreted, if
   * the interpreter runs it right.
   */
  void compile(LoadedFunction function) throws InvalidModuleException {
    LoadedFunction.Uncompiled uncompiled = function.uncompiled();
    if (uncompiled == null) {
      return;
    }
    CheckedModule checked = uncompiled.module();
    try {
      CompiledClasses compiled = ModuleCompiler.compile(checked.module());
      if (!Interpretable.functions(checked.module(), compiled.interpretedFunctions())) {
        throw notRun(null);
      }
      function.become(form(checked, compiled), bytes(checked, compiled));
      cache.ifPresent(its -> its.put(uncompiled.sha256(), compiled));
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new InvalidModuleException("The module is too large to be compiled here.", e);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      if (!Interpretable.all(checked.module())) {
        throw notRun(e);
      }
      LOG.warn(
          "The module {} could not be compiled and will be interpreted: {}",
          uncompiled.sha256(),
          e.toString());
      function.staysInterpreted();
    }
  }

  private static InvalidModuleException notRun(Throwable cause) {
    return new InvalidModuleException(
        "The module cannot be compiled here, and not be interpreted either, as it has tail calls,"
            + " or blocks that take values or have several results.",
        cause);
  }

  void keepOnly(Set<String> sha256s) {
    cache.ifPresent(its -> its.keepOnly(sha256s));
  }

  private static Form form(CheckedModule checked, CompiledClasses compiled) {
    WasmModule light = LightModule.of(checked.module(), compiled.interpretedFunctions());
    long interpreter = compiled.interpretedFunctions().isEmpty() ? 0 : InterpreterBounds.BYTES;
    return new Form(
        checked, light, GuestClasses.load(compiled), instanceBytes(checked) + interpreter);
  }

  private static long instanceBytes(CheckedModule checked) {
    return GuestMemory.heldBytes(checked.info().initialMemoryBytes())
        + ModuleBounds.bytesBeside(checked.module());
  }

  private static long bytes(CheckedModule checked, CompiledClasses compiled) {
    long classBytes = compiled.classes().values().stream().mapToLong(ByteBuffer::remaining).sum();
    return OVERHEAD_BYTES
        + CLASS_FACTOR * classBytes
        + 4 * ModuleBounds.bytesBeside(checked.module())
        + 3 * ModuleBounds.dataBytes(checked.module());
  }

  private static String sha256(byte[] code) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
