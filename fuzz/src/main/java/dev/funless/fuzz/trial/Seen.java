package dev.funless.fuzz.trial;

import dev.funless.engine.Outcome;
import dev.funless.fuzz.reference.Observed;
import dev.funless.fuzz.reference.Traps;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An outcome of the engine's in the words that it is compared in. */
final class Seen {

  private static final Pattern EXIT = Pattern.compile("exited with code (\\d+)");

  private Seen() {}

  static Observed of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered ->
          new Observed(
              "answered", new String(answered.json(), StandardCharsets.ISO_8859_1), answered.log());
      case Outcome.Failed failed -> new Observed(end(failed), "", failed.log());
    };
  }

  private static String end(Outcome.Failed failed) {
    return switch (failed.reason()) {
      case TRAP -> "trap " + Traps.kind(failed.message());
      case FUNCTION_ERROR -> {
        Matcher exit = EXIT.matcher(failed.message());
        yield exit.find() ? "exit " + exit.group(1) : failed.message();
      }
      default -> failed.reason() + " " + failed.message();
    };
  }
}
