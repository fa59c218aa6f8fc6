package dev.funless.fuzz;

import dev.funless.fuzz.trial.Finding;
import dev.funless.fuzz.trial.Target;
import dev.funless.fuzz.trial.Threads;
import dev.funless.fuzz.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Tries module after module of one target, on a thread of its own that a watchdog looks after. The
 * seeds of the modules follow from one seed and their number.
 */
final class Campaign {

  /**
   * When to stop.
   *
   * @param executions how many modules to try at most
   * @param duration for how long at most
   * @param findings how many different findings are enough
   * @param hang how long one module may take
   */
  record Bounds(long executions, Duration duration, int findings, Duration hang) {}

  /** A finding and the smallest module that was found to have it. */
  record Found(Finding finding, Target.Made made, BitSet dropped, Target.Made smallest) {}

  /** What came of it, with how often each label was met. */
  record Report(long executions, TreeMap<String, Long> labels, List<Found> found) {

    Report {
      found = List.copyOf(found);
    }
  }

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final long SEED_STEP = 0x9E37_79B9_7F4A_7C15L;

  private final Target target;
  private final Bounds bounds;
  private final Consumer<Found> told;

  private final Growth growth = new Growth();
  private final TreeMap<String, Long> labels = new TreeMap<>();
  private final List<Found> found = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  /** What runs, and since when; written by the thread that tries, read by the watchdog. */
  private record Running(Target.Made made, long sinceNanos) {}

  private volatile Running running;
  private final AtomicLong executions = new AtomicLong();

  /**
   * @param told of each finding, as soon as it is made
   */
  Campaign(Target target, Bounds bounds, Consumer<Found> told) {
    this.target = target;
    this.bounds = bounds;
    this.told = told;
  }

  /** The seed of a module. */
  static long seedOf(long seed, long number) {
    return ((seed + number) * SEED_STEP) ^ seed;
  }

  /** Tries many modules. */
  Report run(long seed) {
    long endNanos = System.nanoTime() + bounds.duration.toNanos();
    return watched(
        () -> {
          for (long i = 0; i < bounds.executions && System.nanoTime() < endNanos; i++) {
            one(seedOf(seed, i), new BitSet());
            if (found.size() >= bounds.findings) {
              return;
            }
          }
        });
  }

  /** Tries one. */
  Report repeat(long caseSeed, BitSet dropped) {
    return watched(() -> one(caseSeed, dropped));
  }

  private Report watched(Runnable work) {
    var broken = new AtomicReference<Throwable>();
    var thread = new Thread(work, "fuzz");
    thread.setUncaughtExceptionHandler((_, e) -> broken.set(e));
    thread.setDaemon(true);
    thread.start();
    try {
      while (!thread.join(LOOK)) {
        Running now = running;
        if (now != null && System.nanoTime() - now.sinceNanos > bounds.hang.toNanos()) {
          return hung(now);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (broken.get() != null) {
      throw new IllegalStateException("the fuzzer itself failed", broken.get());
    }
    return new Report(executions.get(), labels, found);
  }

  /** The other thread is given up, and with it all that it may still write. */
  private Report hung(Running now) {
    var finding =
        new Finding(
            Finding.Kind.HANG, "longer than " + bounds.hang.toSeconds() + " s\n" + Threads.dump());
    var hang = new Found(finding, now.made, new BitSet(), now.made);
    told.accept(hang);
    return new Report(executions.get(), new TreeMap<>(), List.of(hang));
  }

  private void one(long caseSeed, BitSet dropped) {
    Target.Made made = target.make(caseSeed, dropped);
    Trial trial = tried(made);
    long number = executions.incrementAndGet();
    labels.merge(trial.label(), 1L, Long::sum);
    trial.finding().or(() -> growth.check(number)).ifPresent(it -> keep(it, made, dropped));
    running = null;
  }

  private Trial tried(Target.Made made) {
    running = new Running(made, System.nanoTime());
    return target.run(made);
  }

  private void keep(Finding finding, Target.Made made, BitSet dropped) {
    if (!known.add(finding.firstLine())) {
      return;
    }
    BitSet fewest =
        Smaller.than(
            made, dropped, candidate -> same(finding, target.make(made.seed(), candidate)));
    Target.Made smallest = target.make(made.seed(), fewest);
    // What the smallest one shows is easier to read.
    Finding shown = tried(smallest).finding().orElse(finding);
    var kept = new Found(shown, made, fewest, smallest);
    found.add(kept);
    told.accept(kept);
  }

  private boolean same(Finding finding, Target.Made candidate) {
    return tried(candidate)
        .finding()
        .filter(other -> other.firstLine().equals(finding.firstLine()))
        .isPresent();
  }
}
