package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeLogTest {

  @TempDir private Path temporary;

  @Test
  void lastWordsAreTheLastLineThatSpeaksOfFailure() throws Exception {
    assertEquals(
        Optional.of("Caused by: java.net.ConnectException: refused"),
        lastWords(
            """
            ERROR core: no database
            java.lang.IllegalStateException: x
            \tat dev.funless.Main.main(Main.java:1)
            Caused by: java.net.ConnectException: refused
            \tat java.base/sun.nio.ch.Net.pollConnect(Native Method)
            \t... 12 more
            INFO core: closing

            """));
  }

  @Test
  void lastWordsAreTheLastLineWhereNoneSpeaksOfFailure() throws Exception {
    assertEquals(Optional.of("INFO closing"), lastWords("INFO serving\nINFO closing\n\n"));
  }

  @Test
  void lastWordsOfRefusedJvmOptionNameIt() throws Exception {
    assertEquals(
        Optional.of("Unrecognized VM option 'Foo'"),
        lastWords(
            """
            Unrecognized VM option 'Foo'
            Error: Could not create the Java Virtual Machine.
            Error: A fatal exception has occurred. Program will exit.
            """));
  }

  @Test
  void emptyOrMissingLogHasNoLastWords() throws Exception {
    assertEquals(Optional.empty(), lastWords("\n \n"));
    assertEquals(Optional.empty(), new NodeLog(temporary.resolve("none")).lastWords());
    assertFalse(new NodeLog(temporary.resolve("none")).contains(""));
  }

  @Test
  void longLogsAreReadFromTheirEndAndLongLinesCut() throws Exception {
    String last = lastWords("x\n".repeat(1_000_000) + "ERROR " + "y".repeat(1000)).orElseThrow();
    assertEquals("ERROR " + "y".repeat(294) + "…", last);
    assertTrue(new NodeLog(temporary.resolve("log")).contains("ERROR yy"));
  }

  private Optional<String> lastWords(String text) throws Exception {
    return new NodeLog(Files.writeString(temporary.resolve("log"), text)).lastWords();
  }
}
