package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Modules with a few bytes changed: each is refused with a sentence, or loads and every call of it
 * ends with an outcome that is not the engine's own failure.
 */
class MutationTest {

  private static final int SEED = 20_260_101;

  /** How many of each module; a list, so that the seed gives the same ones in every run. */
  private static final List<Map.Entry<String, Integer>> MUTATIONS =
      List.of(
          Map.entry("echo", 600),
          Map.entry("modes", 1200),
          Map.entry("traces", 1200),
          Map.entry("grow", 600),
          Map.entry("calls", 500),
          Map.entry("deep_recursion_calls", 300),
          Map.entry("reactor", 60));

  @Test
  void damagedModulesAreRefusedOrRun() {
    var random = new Random(SEED);
    var outcomes = new EnumMap<Outcome.Reason, Integer>(Outcome.Reason.class);
    int ran = 0;
    try (var guests = new Guests(new EngineConfig(1, 1, 10, 128L * Guests.PAGE, 512 << 10))) {
      for (var each : MUTATIONS) {
        byte[] whole = Guests.wasm(each.getKey());
        for (int i = 0; i < each.getValue(); i++) {
          byte[] mutated = mutate(whole, random);
          try {
            Engine.validate(mutated);
          } catch (InvalidModuleException refused) {
            assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
            continue;
          }
          ran++;
          run(guests, mutated, each.getKey() + " " + i, outcomes);
        }
      }
    }
    assertTrue(ran > 300, ran + " ran");
    assertTrue(outcomes.keySet().containsAll(List.of(Outcome.Reason.TRAP)), outcomes::toString);
  }

  private static void run(
      Guests guests, byte[] code, String name, Map<Outcome.Reason, Integer> outcomes) {
    LoadedFunction function;
    try {
      function = guests.engine.load(code);
    } catch (InvalidModuleException e) {
      fail(name + " is valid, but was not compiled", e);
      return;
    }
    for (String input : List.of("u", " ")) {
      var limits = new CallLimits(32L * Guests.PAGE, 100_000, 100, 0, 1);
      Outcome outcome = guests.run(function, Guests.call(input, Duration.ofMillis(60), limits));
      if (outcome instanceof Outcome.Failed failed) {
        outcomes.merge(failed.reason(), 1, Integer::sum);
        assertTrue(failed.reason() != Outcome.Reason.INTERNAL, () -> name + ": " + failed);
      }
    }
  }

  private static byte[] mutate(byte[] whole, Random random) {
    byte[] mutated = whole.clone();
    int changes = random.nextInt(3) == 0 ? 2 : 1;
    for (int i = 0; i < changes; i++) {
      int at = 8 + random.nextInt(mutated.length - 8);
      mutated[at] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> (byte) (mutated[at] ^ 1 << random.nextInt(8));
            default -> (byte) (mutated[at] + (random.nextBoolean() ? 1 : -1));
          };
    }
    return mutated;
  }
}
