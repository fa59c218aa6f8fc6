package dev.funless.core.schedule.app;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A text breaks the rules of YAML. Line, column and index are from 0, in code points. */
final class YamlSyntaxException extends Exception {

  private static final String TAG = "while scanning a tag";
  private static final String ALIAS = "while scanning an alias";

  private final int line;
  private final int column;
  private final int index;
  private final String context;
  private final String problem;

  private YamlSyntaxException(Optional<Mark> mark, String context, String problem) {
    super(problem);
    this.line = mark.map(Mark::getLine).orElse(0);
    this.column = mark.map(Mark::getColumn).orElse(0);
    this.index = mark.map(Mark::getIndex).orElse(0);
    this.context = context;
    this.problem = problem;
  }

  /**
   * @param lastRead where the last event ended, for what the library throws without a place, as
   *     NumberFormatException for the escape {@code \UFFFFFFFF}
   */
  static YamlSyntaxException of(RuntimeException e, Optional<Mark> lastRead) {
    return e instanceof MarkedYamlEngineException marked
        ? new YamlSyntaxException(
            marked.getProblemMark().or(marked::getContextMark).or(() -> lastRead),
            String.valueOf(marked.getContext()),
            String.valueOf(marked.getProblem()))
        : new YamlSyntaxException(lastRead, "", "what follows cannot be read");
  }

  int column() {
    return column;
  }

  int index() {
    return index;
  }

  boolean isInTag() {
    return context.equals(TAG);
  }

  /**
   * @param shift how many characters before the column are none of the user's
   */
  InvalidScriptException withoutSpaces(int shift) {
    return invalid(line + 1, column - shift + 1, firstSentence(problem) + hint());
  }

  /** Line and column are from 1 here. */
  static InvalidScriptException invalid(int line, int column, String problem) {
    return new InvalidScriptException(
        "Line " + line + ", column " + column + ": the text is no YAML: " + problem + ".", false);
  }

  private String hint() {
    if (context.equals(ALIAS)) {
      return "; a star must be quoted, as in workers: \"*\"";
    }
    return isInTag() || problem.startsWith("found undefined tag handle")
        ? "; a text that begins with '!' must be quoted"
        : "";
  }

  /** Of what the library says, which repeats words of the text of any length. */
  private static String firstSentence(String problem) {
    int end = problem.indexOf(". ");
    String sentence = Shown.visible(end < 0 ? problem : problem.substring(0, end));
    return sentence.replaceAll("(\\S{40})\\S+", "$1…");
  }
}
