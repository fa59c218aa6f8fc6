package dev.funless.bench.engine;

import java.util.List;

/** What came of a row. */
sealed interface RowResult {

  record Measured(List<Figure> figures) implements RowResult {
    public Measured {
      figures = List.copyOf(figures);
    }
  }

  /** Something that it needs is not installed. */
  record Skipped(String why) implements RowResult {}

  /** A wrong answer, or no answer: there is no figure then. */
  record Broken(String why) implements RowResult {}
}
