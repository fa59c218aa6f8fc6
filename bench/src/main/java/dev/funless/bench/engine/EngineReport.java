package dev.funless.bench.engine;

import dev.funless.bench.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table that {@code scripts/bench engine} prints; Markdown, so that it can be kept. */
final class EngineReport {

  private static final String HEAD =
      """
      | row | what | measured | reach | dream | met |
      | --- | --- | --- | --- | --- | --- |
      """;

  private EngineReport() {}

  static String table(Map<Row, RowResult> results) {
    List<String> lines = new ArrayList<>();
    results.forEach((row, result) -> lines.addAll(lines(row, result)));
    return HEAD + String.join("\n", lines) + "\n";
  }

  static List<String> lines(Row row, RowResult result) {
    return switch (result) {
      case RowResult.Measured measured ->
          measured.figures().stream().map(figure -> line(row, figure)).toList();
      case RowResult.Skipped skipped -> List.of(line(row, "skipped: " + skipped.why()));
      case RowResult.Broken broken -> List.of(line(row, "BROKEN: " + broken.why()));
    };
  }

  private static String line(Row row, Figure figure) {
    return line(
        row,
        row.title() + ": " + figure.what(),
        figure.measured(),
        figure.reach(),
        figure.dream(),
        figure.met());
  }

  private static String line(Row row, String instead) {
    String oneLine = instead.replaceAll("\\s+", " ").replace('|', '/');
    return line(row, row.title(), oneLine, "", "", "");
  }

  private static String line(Row row, String... cells) {
    return "| %s | %s |".formatted(Rows.word(row), String.join(" | ", cells));
  }
}
