package dev.funless.core.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = System.nanoTime();

  private final WrongTokens tokens = new WrongTokens();

  @Test
  void theFirstTwentyAreAnsweredAtOnceAndThenFiveASecond() {
    for (int i = 0; i < 20; i++) {
      assertEquals(Optional.of(Duration.ZERO), tokens.tried("a", START));
    }
    assertEquals(Optional.of(Duration.ofMillis(200)), tokens.tried("a", START));
    assertEquals(Optional.of(Duration.ofMillis(400)), tokens.tried("a", START));
  }

  @Test
  void whoWouldWaitTooLongIsRefused() {
    int answered = 0;
    while (tokens.tried("a", START).isPresent()) {
      answered++;
    }

    assertEquals(20 + 25, answered, "as many as five seconds hold");
    assertTrue(tokens.tried("a", START + SECOND).isPresent());
  }

  @Test
  void forgivesWithTime() {
    for (int i = 0; i < 45; i++) {
      tokens.tried("a", START);
    }

    assertEquals(Optional.of(Duration.ZERO), tokens.tried("a", START + 9 * SECOND));
  }

  @Test
  void addressesDoNotSlowEachOtherDown() {
    for (int i = 0; i < 45; i++) {
      tokens.tried("a", START);
    }

    assertEquals(Optional.of(Duration.ZERO), tokens.tried("b", START));
  }

  @Test
  void remembersABoundedNumberOfAddresses() {
    for (int i = 0; i < 45; i++) {
      tokens.tried("a", START);
    }
    for (int i = 0; i < 10_000; i++) {
      tokens.tried("other" + i, START);
    }

    assertEquals(Optional.of(Duration.ZERO), tokens.tried("a", START));
  }
}
