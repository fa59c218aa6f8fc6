package dev.funless.fuzz.reference;

/**
 * What can be seen of a call from outside, in words that are the same for all engines.
 *
 * @param end how it ended: "answered", "exit" with a code, or "trap" with its kind
 * @param answer empty where it gave none
 * @param log what it logged until then
 */
public record Observed(String end, String answer, String log) {

  /** Where it differs from the other, in a line; empty where it does not. */
  public String difference(Observed other) {
    if (!end.equals(other.end)) {
      return end + " / " + other.end;
    }
    if (!log.equals(other.log)) {
      return end
          + ", logs differ at line "
          + line(other)
          + ": "
          + brief(log)
          + " / "
          + brief(other.log);
    }
    return answer.equals(other.answer) ? "" : "answers differ: " + answer + " / " + other.answer;
  }

  private int line(Observed other) {
    String[] mine = log.split("\n", -1);
    String[] others = other.log.split("\n", -1);
    int line = 0;
    while (line < mine.length && line < others.length && mine[line].equals(others[line])) {
      line++;
    }
    return line + 1;
  }

  private static String brief(String log) {
    return log.lines().count() + " lines";
  }
}
