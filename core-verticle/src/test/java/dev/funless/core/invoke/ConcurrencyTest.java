package dev.funless.core.invoke;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.shared.function.FunctionId;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  private static final FunctionId OTHER = new FunctionId("_", "other");

  private int others;
  private final Concurrency concurrency = new Concurrency(_ -> others);

  @Test
  void letsInAsManyAsThereMayBe() {
    assertTrue(concurrency.enter(Specs.ID, 2));
    assertTrue(concurrency.enter(Specs.ID, 2));
    assertFalse(concurrency.enter(Specs.ID, 2));
    assertTrue(concurrency.enter(OTHER, 1), "each function has a count of its own");

    concurrency.leave(Specs.ID);
    assertTrue(concurrency.enter(Specs.ID, 2));
  }

  @Test
  void countsOtherCoresCalls() {
    others = 1;
    assertTrue(concurrency.enter(Specs.ID, 2));
    assertFalse(concurrency.enter(Specs.ID, 2));

    others = 0;
    assertTrue(concurrency.enter(Specs.ID, 2));
  }
}
