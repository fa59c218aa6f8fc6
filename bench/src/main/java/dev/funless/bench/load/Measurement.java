package dev.funless.bench.load;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one run of the load generator saw.
 *
 * @param right right answers that arrived within the run's duration; the rate and the latencies are
 *     theirs alone
 * @param received all complete answers, wrong and late ones too: what the servers worked for
 * @param elapsed the run's duration, shorter only when every connection broke before its end
 * @param latencyNanos from just before a request is written to the last byte of its answer
 * @param errors how often each thing went wrong, wrong answers and broken connections; empty when
 *     the run was right
 */
public record Measurement(
    long right, long received, Duration elapsed, Histogram latencyNanos, Map<String, Long> errors) {

  public Measurement {
    errors = Map.copyOf(errors);
  }

  public double requestsPerSecond() {
    return right * 1e9 / elapsed.toNanos();
  }

  public double latencyMicros(double percentile) {
    return latencyNanos.getValueAtPercentile(percentile) / 1e3;
  }

  public long errorCount() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }
}
