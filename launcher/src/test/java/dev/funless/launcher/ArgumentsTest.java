package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentsTest {

  private static final Path CALLER = Path.of("/home/caller");
  private static final Path DEFAULT = Path.of("/checkout/.funless");

  @Test
  void nothingMeansOneCoreAndOneWorkerOnPort4000() {
    assertEquals(new Arguments.Run(new Options(false, 1, 1, 4000, DEFAULT)), parse());
  }

  @Test
  void takesEveryOptionInBothSpellings() {
    Arguments expected =
        new Arguments.Run(new Options(true, 3, 2, 5000, Path.of("/home/other dir")));
    assertEquals(
        expected,
        parse("--once", "--workers", "3", "--cores", "2", "--port", "5000", "--data=../other dir"));
    assertEquals(
        expected,
        parse("--data", "/home/other dir", "--port=5000", "--cores=2", "--workers=3", "--once"));
  }

  @Test
  void helpComesBeforeAllElse() {
    assertEquals(new Arguments.Help(), parse("--workers", "2", "--help"));
    assertEquals(new Arguments.Help(), parse("-h"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers 0         | --workers takes a number from 1 to 64, not 0",
        "--workers 65        | --workers takes a number from 1 to 64, not 65",
        "--cores -1          | --cores takes a number from 1 to 64, not -1",
        "--cores 1.5         | --cores takes a number from 1 to 64, not 1.5",
        "--port 65536        | --port takes a number from 1 to 65535, not 65536",
        "--port 99999999999  | --port takes a number from 1 to 65535, not 99999999999",
        "--port              | --port needs a value",
        "--data=             | --data needs a value",
        "--once=yes          | --once takes no value",
        "--cores 2 --port 65535 | --port 65535 leaves no ports for 2 cores",
        "--worker 2          | unknown option --worker",
        "here                | unknown option here",
      })
  void saysWhatIsWrong(String words, String message) {
    Arguments.Wrong wrong =
        assertInstanceOf(Arguments.Wrong.class, parse(words.strip().split(" ", -1)));
    assertEquals(message, wrong.message());
  }

  @Test
  void helpNamesEveryOption() {
    for (String option : List.of("--once", "--workers", "--cores", "--port", "--data", "--help")) {
      assertTrue(Arguments.HELP.contains("\n  " + option), option);
      assertTrue(Arguments.USAGE.contains(option), option);
    }
  }

  private static Arguments parse(String... words) {
    return Arguments.parse(List.of(words), CALLER, DEFAULT);
  }
}
