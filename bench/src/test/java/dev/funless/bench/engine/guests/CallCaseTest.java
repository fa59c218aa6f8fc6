package dev.funless.bench.engine.guests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallCaseTest {

  private static final byte[] WASM = {0, 'a', 's', 'm'};

  @TempDir private Path folder;

  @Test
  void isReadAsItWasWritten() throws IOException {
    CallCase written = CallCase.ofTexts(WASM, List.of("1", "2"), List.of("a", "b"));
    Files.write(folder.resolve("f.wasm"), WASM);
    written.writeCalls(folder, "f");

    CallCase read = CallCase.read(folder, "f");
    assertArrayEquals(WASM, read.wasm());
    assertEquals(2, read.inputs().size());
    assertArrayEquals("2".getBytes(UTF_8), read.inputs().get(1));
    assertArrayEquals("b".getBytes(UTF_8), read.answers().get(1));
  }

  @Test
  void anotherAnswerIsWrong() {
    CallCase calls = CallCase.ofTexts(WASM, List.of("1", "2"), List.of("a", "b"));
    calls.check(1, "b".getBytes(UTF_8));
    byte[] other = "a".getBytes(UTF_8);
    assertThrows(WrongAnswerException.class, () -> calls.check(1, other));
  }

  @Test
  void rejectsInputsWithoutAnswers() {
    assertThrows(
        IllegalArgumentException.class, () -> CallCase.ofTexts(WASM, List.of("1"), List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> CallCase.ofTexts(WASM, List.of(), List.of()));
  }
}
