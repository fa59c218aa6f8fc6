package dev.funless.core.schedule;

import dev.funless.core.schedule.app.AppScript.Affinity;
import dev.funless.core.schedule.app.AppScript.Invalidate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a script holds workers against at one of its places.
 *
 * @param zone in which a worker must be; absent where any will do
 */
record Validity(Call call, Invalidate invalidate, Affinity affinity, Optional<String> zone) {

  Validity with(Invalidate other) {
    return new Validity(call, other, affinity, zone);
  }

  /** Why the worker is not valid; null where it is. Allocates nothing. */
  Invalidity check(Worker worker, double costMillis) {
    if (zone.isPresent() && !zone.get().equals(worker.zone())) {
      return Invalidity.OTHER_ZONE;
    }
    if (!worker.reported()) {
      return Invalidity.NOT_REPORTED;
    }
    if (!Capacity.fits(call, worker)) {
      return Invalidity.CAPACITY;
    }
    if (usedPercent(worker) > invalidate.capacityUsedPercent()) {
      return Invalidity.CAPACITY_USED;
    }
    if (worker.calls() >= invalidate.maxConcurrentInvocations()) {
      return Invalidity.MAX_CONCURRENT_INVOCATIONS;
    }
    if (invalidate.overload() && worker.calls() >= worker.places()) {
      return Invalidity.OVERLOAD;
    }
    if (costMillis > invalidate.maxLatencyMillis()) {
      return Invalidity.MAX_LATENCY;
    }
    if (!hasAll(worker, affinity.affinity())) {
      return Invalidity.AFFINITY;
    }
    return hasAny(worker, affinity.antiaffinity()) ? Invalidity.ANTIAFFINITY : null;
  }

  /** The share of a worker's memory that is in use, with what the function needs. */
  private double usedPercent(Worker worker) {
    double used =
        (double) worker.memoryTotalBytes()
            - worker.memoryAvailableBytes()
            + call.function().capacityBytes();
    return 100 * used / worker.memoryTotalBytes();
  }

  // Loops by index: an iterator for each worker would be garbage.

  private static boolean hasAll(Worker worker, List<String> tags) {
    for (int i = 0; i < tags.size(); i++) {
      if (!worker.has(tags.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasAny(Worker worker, List<String> tags) {
    for (int i = 0; i < tags.size(); i++) {
      if (worker.has(tags.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** What {@link #check} found, with the figures. */
  String reason(Invalidity invalidity, Worker worker, double costMillis) {
    return switch (invalidity) {
      case NOT_THERE, EMPTY_SET, OTHER_CONTROLLER -> invalidity.summary;
      case NOT_REPORTED -> "has not reported yet";
      case OTHER_ZONE ->
          "is in the zone '%s', not in '%s'".formatted(worker.zone(), zone.orElseThrow());
      case CAPACITY -> Capacity.shortage(call, worker);
      case CAPACITY_USED ->
          String.format(
              Locale.ROOT,
              "capacity_used would be %.1f%%, above %s%%",
              usedPercent(worker),
              number(invalidate.capacityUsedPercent()));
      case MAX_CONCURRENT_INVOCATIONS ->
          "has %d invocations, max_concurrent_invocations is %d"
              .formatted(worker.calls(), invalidate.maxConcurrentInvocations());
      case OVERLOAD ->
          "overload: has %d calls on %d places".formatted(worker.calls(), worker.places());
      case MAX_LATENCY ->
          "the latency is %s ms, above max_latency %s"
              .formatted(number(costMillis), number(invalidate.maxLatencyMillis()));
      case AFFINITY ->
          "no function tagged '%s' is running there"
              .formatted(
                  affinity.affinity().stream()
                      .filter(tag -> !worker.has(tag))
                      .findFirst()
                      .orElse(""));
      case ANTIAFFINITY ->
          "a function tagged '%s' is running there"
              .formatted(
                  affinity.antiaffinity().stream().filter(worker::has).findFirst().orElse(""));
    };
  }

  /** The line that says so; 0 where it is the block itself. */
  int line(Invalidity invalidity) {
    return switch (invalidity) {
      case NOT_THERE, EMPTY_SET, NOT_REPORTED, OTHER_CONTROLLER, OTHER_ZONE, CAPACITY -> 0;
      case CAPACITY_USED, MAX_CONCURRENT_INVOCATIONS, OVERLOAD, MAX_LATENCY -> invalidate.line();
      case AFFINITY, ANTIAFFINITY -> affinity.line();
    };
  }

  static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
