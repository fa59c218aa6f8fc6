package dev.funless.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void defaultsAreAMinuteAndARandomSeed() throws Options.Wrong {
    Options options = of("host");
    assertEquals("host", options.target());
    assertEquals(Duration.ofSeconds(60), options.duration());
    assertEquals(77, options.seed());
    assertEquals(OptionalLong.empty(), options.once());
    assertFalse(options.v8());
  }

  @Test
  void allOptionsAreTaken() throws Options.Wrong {
    Options options =
        of(
            "mutated --seconds 5 --executions 9 --seed -3 --case -8 --without 1,3-5 --corpus a"
                + " --findings b --v8");
    assertEquals(Duration.ofSeconds(5), options.duration());
    assertEquals(9, options.executions());
    assertEquals(-3, options.seed());
    assertEquals(OptionalLong.of(-8), options.once());
    assertEquals(BitSet.valueOf(new byte[] {0b0011_1010}), options.without());
    assertEquals(List.of(Path.of("c"), Path.of("a")), options.corpus());
    assertEquals(Path.of("b"), options.findings());
    assertTrue(options.v8());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--seed 1", "host --seed", "host --seed x", "host --other 1", "host --without 1-"})
  void wrongCommandLineIsSaidToBe(String line) {
    assertThrows(Options.Wrong.class, () -> of(line));
  }

  @Test
  void partsAreReadAsTheyAreWritten() {
    var parts = new BitSet();
    parts.set(0, 3);
    parts.set(9);
    parts.set(11, 13);
    assertEquals("0-2,9,11-12", Parts.text(parts));
    assertEquals(parts, Parts.of(Parts.text(parts)));
  }

  private static Options of(String line) throws Options.Wrong {
    return Options.of(line.split(" "), List.of(Path.of("c")), Path.of("f"), 77);
  }
}
