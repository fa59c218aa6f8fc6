package dev.funless.bench;

import dev.funless.bench.load.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Two sides beside each other, in tables of Markdown, so that they can be kept. */
final class Comparison {

  private final String atOnce;
  private final List<Sample> samples;

  /**
   * @param atOnce what a number of requests at once is called
   */
  Comparison(String atOnce, List<Sample> samples) {
    this.atOnce = atOnce;
    this.samples = List.copyOf(samples);
  }

  /** One line as soon as a sample is there. */
  static String line(Sample sample) {
    return String.format(
        Locale.ROOT,
        "%-10s %3d at once: %8.0f requests/s, p50 %8.1f µs, p99 %8.1f µs, CPU µs per request:"
            + " %s, %s",
        sample.side(),
        sample.connections(),
        sample.measurement().requestsPerSecond(),
        sample.measurement().latencyMicros(50),
        sample.measurement().latencyMicros(99),
        micros(sample.serverMicros()),
        micros(sample.generatorMicros()));
  }

  /** The medians over the rounds, lowest and highest beside them, and the ratios of the rates. */
  String table(int connections, String base, String compared) {
    return """
    | %s: %d | requests/s | p50 µs | p99 µs | CPU µs per request |
    | --- | --- | --- | --- | --- |
    %s
    %s

    ratio of requests/s, %s to %s: **%s**
    """
        .formatted(
            atOnce,
            connections,
            row(connections, base),
            row(connections, compared),
            compared,
            base,
            ratio(connections, base, compared).text(3));
  }

  /** What the one side's latency is above the other's, as a line. */
  String added(int connections, String base, String compared) {
    return "added latency, %s to %s: p50 **%s µs**, p99 %s µs"
        .formatted(
            compared,
            base,
            added(connections, base, compared, 50).text(1),
            added(connections, base, compared, 99).text(1));
  }

  private Spread added(int connections, String base, String compared, double percentile) {
    return rounds(
        connections,
        base,
        compared,
        (less, more) -> more.latencyMicros(percentile) - less.latencyMicros(percentile));
  }

  long errorCount() {
    return samples.stream().mapToLong(sample -> sample.measurement().errorCount()).sum();
  }

  /** What went wrong and how often, one a line; empty when nothing did. */
  List<String> errors() {
    Map<String, Long> counts = new TreeMap<>();
    for (Sample sample : samples) {
      sample
          .measurement()
          .errors()
          .forEach((text, count) -> counts.merge(sample.side() + ": " + text, count, Long::sum));
    }
    return counts.entrySet().stream().map(e -> e.getValue() + " × " + e.getKey()).toList();
  }

  private Spread ratio(int connections, String base, String compared) {
    return rounds(
        connections,
        base,
        compared,
        (less, more) -> more.requestsPerSecond() / less.requestsPerSecond());
  }

  /** A figure of both sides, taken within each round. */
  private Spread rounds(
      int connections,
      String base,
      String compared,
      ToDoubleBiFunction<Measurement, Measurement> figure) {
    List<Sample> first = of(connections, base);
    List<Sample> second = of(connections, compared);
    List<Double> figures = new ArrayList<>();
    for (int round = 0; round < first.size(); round++) {
      figures.add(
          figure.applyAsDouble(first.get(round).measurement(), second.get(round).measurement()));
    }
    return Spread.of(figures);
  }

  private String row(int connections, String side) {
    List<Sample> of = of(connections, side);
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            side,
            spread(of, sample -> sample.measurement().requestsPerSecond()).text(0),
            spread(of, sample -> sample.measurement().latencyMicros(50)).text(1),
            spread(of, sample -> sample.measurement().latencyMicros(99)).text(1),
            cpu(of));
  }

  private static String cpu(List<Sample> samples) {
    if (samples.stream().anyMatch(sample -> sample.serverMicros().isEmpty())) {
      return micros(Optional.empty());
    }
    Map<String, Double> medians = new TreeMap<>();
    for (String process : samples.getFirst().serverMicros().orElseThrow().keySet()) {
      medians.put(
          process,
          spread(samples, s -> s.serverMicros().orElseThrow().getOrDefault(process, 0.0)).median());
    }
    return micros(Optional.of(medians));
  }

  private static String micros(Optional<Map<String, Double>> byProcess) {
    if (byProcess.isEmpty()) {
      return "unknown";
    }
    List<String> parts = new ArrayList<>();
    byProcess
        .get()
        .forEach((name, used) -> parts.add(String.format(Locale.ROOT, "%s %.1f", name, used)));
    return String.join(", ", parts);
  }

  private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
  }

  /** In the order of the rounds. */
  private List<Sample> of(int connections, String side) {
    return samples.stream()
        .filter(sample -> sample.connections() == connections && sample.side().equals(side))
        .toList();
  }
}
