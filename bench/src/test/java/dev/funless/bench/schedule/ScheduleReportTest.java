package dev.funless.bench.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.bench.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleReportTest {

  private static final Measured FEW = measured(0.75, 2, 160);
  private static final Measured MANY = measured(50.5, 99, 16_160);

  @Test
  void printsWhatWasMeasuredAndWhetherItIsWhatWasWanted() {
    assertEquals(
        "| hash | hash, by a key in the arguments | 0.75 (0.75..0.75) | 2.00 | yes"
            + " | 50.50 (50.50..50.50) | 99.00 | no | 160 | 16160 | 16000 | no |",
        ScheduleReport.line(Row.HASH, FEW, MANY));
  }

  @Test
  void rowsForScaleHaveNoTargets() {
    assertEquals(
        "| explained | the default policy, explained | 0.75 (0.75..0.75) | 2.00 | "
            + " | 0.75 (0.75..0.75) | 2.00 |  | 160 | 160 | 0 |  |",
        ScheduleReport.line(Row.EXPLAINED, FEW, FEW));
  }

  @Test
  void aBrokenRowSaysWhyInOneLine() {
    assertEquals(
        "| none | the default policy, none | BROKEN: wrong / line 2 |",
        ScheduleReport.broken(Row.NONE, "wrong |\n line 2"));
  }

  private static Measured measured(double p50Micros, double p99Micros, double bytes) {
    return new Measured(
        Spread.of(List.of(p50Micros)), Spread.of(List.of(p99Micros)), Spread.of(List.of(bytes)));
  }
}
