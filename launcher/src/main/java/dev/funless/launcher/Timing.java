package dev.funless.launcher;

import java.time.Duration;
import java.util.Map;

/**
 * Every bound on a wait.
 *
 * @param ready from the first start of a node until all serve
 * @param tokens from the first ready core until the token file can be read
 * @param restart from a node's death until it is started again
 * @param stop given to nodes, and then to the database, after SIGTERM
 * @param kill given to a process after SIGKILL, or after the last signal before it
 * @param poll between two looks at the nodes
 * @param probe given to one HTTP question about readiness
 * @param call given to the deployment and to the invocation of {@code hello}
 * @param grace from a node's death until it counts as one: a signal to the whole process group
 *     reaches the nodes before the launcher knows that it is to stop
 */
record Timing(
    Duration ready,
    Duration tokens,
    Duration restart,
    Duration stop,
    Duration kill,
    Duration poll,
    Duration probe,
    Duration call,
    Duration grace) {

  /** Seconds for {@link #ready}, for slow machines; nodes do not see it. */
  static final String READY_VARIABLE = "FUNLESS_UP_TIMEOUT";

  static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(120),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(90),
          Duration.ofMillis(300));

  /** The defaults, as the environment changes them. */
  static Timing from(Map<String, String> environment) {
    String seconds = environment.get(READY_VARIABLE);
    if (seconds == null || seconds.isEmpty()) {
      return DEFAULT;
    }
    if (!seconds.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          READY_VARIABLE + " takes seconds from 1 to 99999, not " + seconds);
    }
    return DEFAULT.withReady(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  Timing withReady(Duration bound) {
    return new Timing(bound, tokens, restart, stop, kill, poll, probe, call, grace);
  }

  Timing withRestart(Duration pause) {
    return new Timing(ready, tokens, pause, stop, kill, poll, probe, call, grace);
  }

  Timing withStop(Duration bound) {
    return new Timing(ready, tokens, restart, bound, kill, poll, probe, call, grace);
  }
}
