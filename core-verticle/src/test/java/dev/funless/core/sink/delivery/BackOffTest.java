package dev.funless.core.sink.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "10, 512", "11, 600", "12, 600", "1000, 600"})
  void doublesUpToTenMinutesAFifthMoreOrLess(int tries, long seconds) {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      long millis = BackOff.after(tries, random).toMillis();
      assertTrue(millis >= seconds * 800 && millis <= seconds * 1_200, tries + ": " + millis);
    }
  }

  @Test
  void twelveTriesSpanAboutHalfAnHour() {
    long millis = 0;
    for (int tries = 1; tries < 12; tries++) {
      millis += BackOff.after(tries, new Random(tries)).toMillis();
    }
    long minutes = Duration.ofMillis(millis).toMinutes();
    assertTrue(minutes >= 21 && minutes <= 33, "minutes: " + minutes);
  }
}
