package dev.funless.bench.engine.guests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NumberedModuleTest {

  @Test
  void putsTheNumberWhereTheIdWas() {
    byte[] text = "{\"id\":\"id000000\"}".getBytes(UTF_8);
    assertEquals("{\"id\":\"id000042\"}", new String(NumberedModule.withId(text, 42), UTF_8));
    assertEquals("{\"id\":\"id000000\"}", new String(text, UTF_8));
  }

  @Test
  void rejectsATextWithoutOneIdAndANumberThatIsTooLong() {
    assertThrows(
        IllegalArgumentException.class, () -> NumberedModule.withId("id00000".getBytes(UTF_8), 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> NumberedModule.withId("id000000id000000".getBytes(UTF_8), 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> NumberedModule.withId("id000000".getBytes(UTF_8), 1_000_000));
  }

  @Test
  void appendsACustomSection() {
    byte[] wasm = {0, 'a', 's', 'm', 1, 0, 0, 0};
    byte[] numbered = NumberedModule.withSection(wasm, 7);
    byte[] section = {0, 8, 1, 'n', '0', '0', '0', '0', '0', '7'};
    assertArrayEquals(wasm, Arrays.copyOf(numbered, wasm.length));
    assertArrayEquals(section, Arrays.copyOfRange(numbered, wasm.length, numbered.length));
  }
}
