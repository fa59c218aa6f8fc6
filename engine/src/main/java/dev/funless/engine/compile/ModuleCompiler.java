package dev.funless.engine.compile;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.compiler.internal.Shaded;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.HashMap;
import java.util.Map;

/** Compiles a module to classes. */
public final class ModuleCompiler {

  private static final String MAIN_CLASS = "dev.funless.guest.Guest";

  private ModuleCompiler() {}

  /**
   * Blocks; megabytes take seconds. What the library cannot compile is thrown as whatever it
   * throws.
   */
  public static CompiledClasses compile(WasmModule module) {
    CompilerResult result =
        Compiler.builder(module)
            .withClassName(MAIN_CLASS)
            // A function too large for a JVM method is interpreted; large modules have one or two.
            .withInterpreterFallback(InterpreterFallback.SILENT)
            .withClassCollectorFactory(Collector::new)
            .build()
            .compile();
    return new CompiledClasses(MAIN_CLASS, result.classBytes(), result.interpretedFunctions());
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
      classes.put(name.replace('/', '.'), bytes);
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
