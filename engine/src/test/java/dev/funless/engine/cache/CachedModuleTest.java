package dev.funless.engine.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache and the stubs together, with what the library's compiler really makes. */
class CachedModuleTest {

  private static final String INPUT = "{\"name\":\"cache\",\"n\":20}";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"echo-wat", "echo-c", "echo-rust", "hello-c", "hello-rust", "crunch"})
  void answersFromCachedClassesAndAStubbedModuleAsFromTheWholeOne(String name) throws Exception {
    byte[] module = module(name);
    String expected = answer(Parser.parse(module), InterpreterMachine::new);
    assertTrue(expected.length() > 2, expected);
    assertEquals(expected, throughTheCache(module, Set.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo-c", "echo-rust", "hello-rust"})
  void answersWithSomeFunctionsLeftToTheInterpreter(String name) throws Exception {
    byte[] module = module(name);
    WasmModule whole = Parser.parse(module);
    int imported = whole.importSection().count(ExternalType.FUNCTION);
    int functions = imported + whole.codeSection().functionBodyCount();
    Set<Integer> everyThird =
        IntStream.range(imported, functions)
            .filter(function -> function % 3 == 0)
            .boxed()
            .collect(Collectors.toSet());
    assertEquals(answer(whole, InterpreterMachine::new), throughTheCache(module, everyThird), name);
  }

  private String throughTheCache(byte[] module, Set<Integer> interpreted) throws Exception {
    CompilerResult result =
        Compiler.builder(Parser.parse(module))
            .withClassCollectorFactory(ByteClassCollector::new)
            .withInterpreterFallback(
                interpreted.isEmpty() ? InterpreterFallback.SILENT : InterpreterFallback.FAIL)
            .withInterpretedFunctions(interpreted)
            .build()
            .compile();
    var classes =
        CompiledClasses.of(
            result.collector().mainClassName(), result.classBytes(), result.interpretedFunctions());
    new CompiledCache(folder, Samples.VERSION, 1 << 24).put(Samples.code(1), classes);

    var later = new CompiledCache(folder, Samples.VERSION, 1 << 24);
    CompiledClasses found = later.get(Samples.code(1)).orElseThrow();
    assertEquals(classes, found);
    assertEquals(interpreted, found.interpretedFunctions());
    byte[] stubbed = BodyStubs.stub(module, found.interpretedFunctions());
    assertTrue(stubbed.length < module.length);
    return answer(Parser.parse(stubbed), new Classes(found).machines());
  }

  private static byte[] module(String name) throws IOException {
    Path root = Path.of(System.getProperty("funless.root"));
    return Files.readAllBytes(root.resolve("examples/functions/wasm/" + name + ".wasm"));
  }

  /** What the guest gives to any host function that takes a pointer and a length, the last time. */
  private static String answer(WasmModule module, Function<Instance, Machine> machines) {
    byte[] input = INPUT.getBytes(StandardCharsets.UTF_8);
    var answer = new AtomicReference<>("");
    WasmFunctionHandle host =
        (instance, arguments) -> {
          if (arguments.length == 1) {
            instance.memory().write((int) arguments[0], input);
          } else {
            answer.set(instance.memory().readString((int) arguments[0], (int) arguments[1]));
          }
          return new long[0];
        };
    var imports = ImportValues.builder();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      var function = (FunctionImport) module.importSection().getImport(i);
      imports.addFunction(
          new HostFunction(
              function.module(),
              function.name(),
              module.typeSection().getType(function.typeIndex()),
              host));
    }
    Instance instance =
        Instance.builder(module)
            .withImportValues(imports.build())
            .withMachineFactory(machines)
            .build();
    instance.export("__invoke").apply(input.length);
    return answer.get();
  }

  private static final class Classes extends ClassLoader {

    private final CompiledClasses compiled;

    Classes(CompiledClasses compiled) {
      super(CachedModuleTest.class.getClassLoader());
      this.compiled = compiled;
    }

    Function<Instance, Machine> machines() throws ReflectiveOperationException {
      for (var file : compiled.classes().entrySet()) {
        defineClass(file.getKey().replace('/', '.'), file.getValue(), null);
      }
      var constructor =
          loadClass(compiled.mainClass()).asSubclass(Machine.class).getConstructor(Instance.class);
      return instance -> {
        try {
          return constructor.newInstance(instance);
        } catch (ReflectiveOperationException e) {
          throw new LinkageError("no machine", e);
        }
      };
    }
  }
}
