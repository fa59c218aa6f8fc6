package dev.funless.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * CPU time used by named processes, in the system's ticks: 10 ms on Linux, which a measurement of
 * seconds makes small.
 */
final class CpuMeter {

  private final Map<String, ProcessHandle> processes;
  private final Map<String, Duration> before;

  private CpuMeter(Map<String, ProcessHandle> processes) {
    this.processes = processes;
    this.before = read(processes);
  }

  static CpuMeter start(Map<String, ProcessHandle> processes) {
    return new CpuMeter(processes);
  }

  /**
   * Microseconds per request since the start, by process; empty where a process was not there at
   * the start or has ended since, as the sum would then leave out a part.
   */
  Optional<Map<String, Double>> microsPer(long requests) {
    Map<String, Duration> after = read(processes);
    if (requests == 0 || processes.isEmpty() || !complete(before) || !complete(after)) {
      return Optional.empty();
    }
    Map<String, Double> used = new LinkedHashMap<>();
    after.forEach(
        (name, total) -> used.put(name, total.minus(before.get(name)).toNanos() / 1e3 / requests));
    return Optional.of(used);
  }

  private boolean complete(Map<String, Duration> read) {
    return read.size() == processes.size();
  }

  private static Map<String, Duration> read(Map<String, ProcessHandle> processes) {
    Map<String, Duration> used = new LinkedHashMap<>();
    processes.forEach(
        (name, process) ->
            process.info().totalCpuDuration().ifPresent(total -> used.put(name, total)));
    return used;
  }
}
