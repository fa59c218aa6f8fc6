package dev.funless.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.bench.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineReportTest {

  @Test
  void printsWhatWasMeasuredBesideWhatWasWanted() {
    Map<Row, RowResult> results = new EnumMap<>(Row.class);
    results.put(
        Row.JSON,
        new RowResult.Measured(
            List.of(
                Figure.of("p50", List.of(2.5, 2.4, 2.75), "µs", 2, Target.atMost(3, 2)),
                Figure.beside("p99", List.of(9.0), "µs", 1))));
    results.put(Row.V8, new RowResult.Skipped("no node"));
    results.put(Row.RUST, new RowResult.Broken("expected {\n 1 | 2}"));

    assertEquals(
        """
        | row | what | measured | reach | dream | met |
        | --- | --- | --- | --- | --- | --- |
        | json | isolated call, 1 KiB of JSON parsed and answered by a C guest: p50 | 2.50 (2.40..2.75) µs | 3 µs | 2 µs | yes |
        | json | isolated call, 1 KiB of JSON parsed and answered by a C guest: p99 | 9.0 µs |  |  |  |
        | v8 | the same against V8, a new instance per call | skipped: no node |  |  |  |
        | rust | Rust WASI command, 1 KiB of JSON | BROKEN: expected { 1 / 2} |  |  |  |
        """,
        EngineReport.table(results));
  }

  @Test
  void theWordForTheTargetGoesByTheMedian() {
    Figure figure = Figure.of("calls", List.of(1.0, 1.9, 2.0), "×", 2, Target.atLeast(1.8, 1.95));
    assertEquals("yes", figure.met());
    assertEquals("1.8 ×", figure.reach());
    assertEquals("1.95 ×", figure.dream());
  }
}
