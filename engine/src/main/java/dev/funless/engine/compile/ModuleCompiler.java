package dev.funless.engine.compile;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.compiler.internal.Shaded;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.OpcodeImpl;
import com.dylibso.chicory.runtime.internal.CompilerInterpreterMachine;
import com.dylibso.chicory.wasm.WasmModule;
import dev.funless.engine.cache.CompiledClasses;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** Compiles a module to classes. */
public final class ModuleCompiler {

  private static final String MAIN_CLASS = "dev.funless.guest.Guest";

  /** In what decides how a module is compiled, and what the result links to. */
  private static final List<String> LIBRARY_CLASSES =
      List.of("Compiler", "CompilerUtil", "Emitters", "EmitterMap", "WasmAnalyzer");

  private ModuleCompiler() {}

  /** Changes whenever the same module could be compiled to other classes. */
  public static String version() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(GuestCodeClass.bytes());
      for (String name : LIBRARY_CLASSES) {
        digest.update(GuestCodeClass.bytesOf(Compiler.class, name));
      }
      digest.update(GuestCodeClass.bytesOf(Instance.class));
      digest.update(GuestCodeClass.bytesOf(OpcodeImpl.class));
      digest.update(GuestCodeClass.bytesOf(BoundedFallback.class));
      digest.update(GuestCodeClass.bytesOf(Corrections.class));
      digest.update(GuestCodeClass.bytesOf(FunctionEnds.class));
      return MAIN_CLASS + " " + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Blocks; megabytes take seconds. What the library cannot compile is thrown as whatever it
   * throws.
   */
  public static CompiledClasses compile(WasmModule module) {
    CompilerResult result =
        Compiler.builder(FunctionEnds.corrected(module))
            .withClassName(MAIN_CLASS)
            // A function too large for a JVM method is interpreted; large modules have one or two.
            .withInterpreterFallback(InterpreterFallback.SILENT)
            .withClassCollectorFactory(Collector::new)
            .build()
            .compile();
    Map<String, byte[]> classes = new HashMap<>(result.classBytes());
    if (!result.interpretedFunctions().isEmpty()) {
      classes.computeIfPresent(MAIN_CLASS, (_, bytes) -> withBoundedFallback(bytes));
    }
    return CompiledClasses.of(MAIN_CLASS, classes, result.interpretedFunctions());
  }

  private static byte[] withBoundedFallback(byte[] mainClass) {
    var writer = new ClassWriter(0);
    var renamed =
        new SimpleRemapper(
            Opcodes.ASM9,
            Type.getInternalName(CompilerInterpreterMachine.class),
            Type.getInternalName(BoundedFallback.class));
    new ClassReader(mainClass).accept(new ClassRemapper(writer, renamed), 0);
    return writer.toByteArray();
  }

  /** Keeps class files without loading them, which the library would do twice for each. */
  private static final class Collector implements ClassCollector {

    private final Map<String, byte[]> classes = new HashMap<>();

    @Override
    public String mainClassName() {
      return MAIN_CLASS;
    }

    @Override
    public void putMainClass(String name, byte[] bytes) {
      put(name, bytes);
    }

    @Override
    public void put(String name, byte[] bytes) {
      classes.put(name.replace('/', '.'), Corrections.correct(bytes));
    }

    @Override
    public void putAll(ClassCollector others) {
      classes.putAll(others.classBytes());
    }

    @Override
    public Map<String, byte[]> classBytes() {
      return Map.copyOf(classes);
    }

    @Override
    public byte[] resolve(Class<?> type) {
      return type == Shaded.class ? GuestCodeClass.bytes() : GuestCodeClass.bytesOf(type);
    }
  }
}
