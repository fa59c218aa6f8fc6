package dev.funless.launcher;

import dev.funless.launcher.OsProcess.Signal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How processes are ended: a signal, a bounded wait for all of them, the next signal. */
record Ending(List<Step> steps) {

  private static final long POLL_MILLIS = 20;

  /** A signal, and how long to wait for its effect. */
  record Step(Signal signal, Duration bound) {}

  Ending {
    steps = List.copyOf(steps);
  }

  /** For a node: asked, then killed. */
  static Ending ofNode(Timing timing) {
    return new Ending(
        List.of(new Step(Signal.TERM, timing.stop()), new Step(Signal.KILL, timing.kill())));
  }

  /** For PostgreSQL: asked to drop its clients, told to leave the rest to recovery, killed. */
  static Ending ofPostgres(Timing timing) {
    return new Ending(
        List.of(
            new Step(Signal.INT, timing.stop()),
            new Step(Signal.QUIT, timing.kill()),
            new Step(Signal.KILL, timing.kill())));
  }

  /** Ends the processes, frozen ones too; those that outlived every step are the answer. */
  List<OsProcess> apply(Collection<OsProcess> processes) throws InterruptedException {
    List<OsProcess> left = alive(processes);
    for (Step step : steps) {
      for (OsProcess process : left) {
        process.send(step.signal());
        process.send(Signal.CONT);
      }
      Deadline deadline = Deadline.in(step.bound());
      left = alive(left);
      while (!left.isEmpty() && !deadline.passed()) {
        Thread.sleep(POLL_MILLIS);
        left = alive(left);
      }
    }
    if (Thread.interrupted()) {
      // Files of processes cannot be read then: all seem to have ended.
      throw new InterruptedException();
    }
    return left;
  }

  private static List<OsProcess> alive(Collection<OsProcess> processes) {
    return processes.stream().filter(OsProcess::alive).toList();
  }
}
