package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How modules are made ready: from the cache, by compiling, and interpreted meanwhile. */
class LoadingTest {

  private static final EngineConfig CONFIG =
      new EngineConfig(2, 0, 100, 1024L * Guests.PAGE, 1 << 20);

  @TempDir Path folder;

  @Test
  void largeModuleIsInterpretedAndServesWhileItIsCompiled() throws InvalidModuleException {
    try (var guests = new Guests(CONFIG)) {
      LoadedFunction large = guests.engine.load(large("echo"));
      assertTrue(large.needsCompiling());
      assertEquals("[1]", guests.answer(large, "[1]"));
      assertEquals(1, guests.engine.idleInstances(large));
      List<CompletableFuture<Outcome>> meanwhile = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        meanwhile.add(guests.start(large, Guests.call("[2]")));
      }
      guests.engine.compile(large);
      assertFalse(large.needsCompiling());
      meanwhile.forEach(call -> assertEquals("[2]", Guests.answerOf(Guests.await(call))));
      assertEquals("[3]", guests.answer(large, "[3]"));
    }
  }

  @Test
  void whatWasCompiledOnceIsNotCompiledAgain() throws InvalidModuleException {
    byte[] code = large("state");
    String fresh;
    try (var engine = cached()) {
      LoadedFunction first = engine.load(code);
      engine.compile(first);
      fresh = answer(engine, first, "  ");
    }
    try (var engine = cached()) {
      LoadedFunction again = engine.load(code);
      assertFalse(again.needsCompiling());
      assertEquals(fresh, answer(engine, again, "  "));
      assertEquals(fresh, answer(engine, again, "  "));
    }
  }

  @Test
  void functionTooLargeForTheJvmComesBackFromTheCache() throws InvalidModuleException {
    byte[] code = Guests.wasm("huge");
    for (int i = 0; i < 2; i++) {
      try (var engine = cached()) {
        LoadedFunction huge = engine.load(code);
        engine.compile(huge);
        assertEquals(3, answer(engine, huge).length());
        Outcome stopped =
            run(engine, huge, Guests.call("l", Duration.ofMillis(100), Guests.LIMITS));
        assertEquals(Reason.DEADLINE, Guests.failureOf(stopped).reason(), stopped::toString);
      }
    }
  }

  @Test
  void damagedEntryIsCompiledAnew() throws InvalidModuleException, IOException {
    byte[] code = Guests.wasm("echo");
    try (var engine = cached()) {
      engine.load(code);
    }
    Path entry = entries().getFirst();
    byte[] damaged = Files.readAllBytes(entry);
    damaged[damaged.length / 2] ^= 1;
    Files.write(entry, damaged);
    try (var engine = cached()) {
      assertEquals("[7]", answer(engine, engine.load(code)));
    }
    assertFalse(Arrays.equals(damaged, Files.readAllBytes(entries().getFirst())));
  }

  @Test
  void onlyCodeThatIsOfUseIsKept() throws InvalidModuleException, IOException {
    try (var engine = cached()) {
      engine.load(Guests.wasm("echo"));
      engine.load(Guests.wasm("state"));
      assertEquals(2, entries().size());
      engine.keepCompiled(Set.of());
      assertEquals(0, entries().size());
    }
  }

  @Test
  void unloadedFunctionLeavesNoInstance() throws InvalidModuleException {
    try (var guests = new Guests(CONFIG)) {
      LoadedFunction echo = guests.load("echo");
      assertEquals("[1]", guests.answer(echo, "[1]"));
      assertEquals(1, guests.engine.idleInstances(echo));
      guests.engine.unload(echo);
      assertEquals(0, guests.engine.idleInstances(echo));
      // A call that was on its way still runs.
      assertEquals("[2]", guests.answer(echo, "[2]"));
      assertEquals(0, guests.engine.idleInstances(echo));
    }
  }

  @Test
  void idleInstancesGiveWayToCallsThatNeedMemory() throws InvalidModuleException {
    try (var guests = new Guests(new EngineConfig(1, 0, 10, 12L * Guests.PAGE, 1 << 20))) {
      List<LoadedFunction> functions = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        functions.add(guests.engine.load(padded("echo", 10 + i)));
      }
      for (int round = 0; round < 2; round++) {
        for (LoadedFunction function : functions) {
          assertEquals("[1]", guests.answer(function, "[1]"));
        }
      }
      long idle = functions.stream().mapToInt(guests.engine::idleInstances).sum();
      assertTrue(idle >= 4 && idle <= 6, "idle " + idle);
      assertEquals(1, guests.engine.idleInstances(functions.getLast()));
      assertEquals(0, guests.engine.stats().memoryReservedBytes());
    }
  }

  private Engine cached() {
    return new Engine(CONFIG, folder, 1 << 24);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String answer(Engine engine, LoadedFunction function) {
    return answer(engine, function, "[7]");
  }

  private static String answer(Engine engine, LoadedFunction function, String input) {
    return Guests.answerOf(run(engine, function, Guests.call(input)));
  }

  private static Outcome run(Engine engine, LoadedFunction function, Call call) {
    var outcome = new CompletableFuture<Outcome>();
    assertTrue(engine.submit(function, call, outcome::complete));
    return Guests.await(outcome);
  }

  private static byte[] large(String name) {
    return padded(name, 200_000);
  }

  /** With a custom section behind it, whose content means nothing. */
  private static byte[] padded(String name, int bytes) {
    byte[] module = Guests.wasm(name);
    byte[] padded = Arrays.copyOf(module, module.length + 4 + bytes);
    int at = module.length + 1;
    padded[at++] = (byte) (bytes | 0x80);
    padded[at++] = (byte) (bytes >> 7 | 0x80);
    padded[at++] = (byte) (bytes >> 14);
    padded[at++] = 1;
    padded[at] = 'p';
    return padded;
  }
}
