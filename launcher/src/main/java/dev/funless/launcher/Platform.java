package dev.funless.launcher;

import dev.funless.launcher.NodeSpec.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes of one launch: started in order, watched, started again when they die, stopped. Used by
 * one thread, whose interruption ends every wait but those of {@link #stop}.
 */
final class Platform {

  private final List<ManagedProcess> nodes;
  private final DataFolder data;
  private final LeftoverProcesses leftovers;
  private final Timing timing;
  private final Console console;

  /** When a node that died is started again. */
  private final Map<ManagedProcess, Deadline> restarts = new HashMap<>();

  Platform(
      List<ManagedProcess> nodes,
      DataFolder data,
      LeftoverProcesses leftovers,
      Timing timing,
      Console console) {
    this.nodes = List.copyOf(nodes);
    this.data = data;
    this.leftovers = leftovers;
    this.timing = timing;
    this.console = console;
  }

  /** Starts all and returns once all serve. */
  Tokens start(Http http) throws IOException, LaunchException, InterruptedException {
    Deadline deadline = Deadline.in(timing.ready());
    Readiness readiness = new Readiness(http, nodes, data, timing);
    for (ManagedProcess node : nodes) {
      data.rotateLog(node.name());
    }
    // Workers need no database: they come up beside it.
    startAll(Kind.DATABASE);
    startAll(Kind.WORKER);
    await(deadline, readiness::waitingForDatabase);
    startAll(Kind.CORE);
    await(deadline, readiness::waitingForCores);
    Tokens tokens = readiness.tokens();
    await(deadline, () -> readiness.waitingForWorkers(tokens));
    return tokens;
  }

  /** Says in one sentence which node has died, if any. */
  void requireAllRunning() throws LaunchException, InterruptedException {
    for (ManagedProcess node : nodes) {
      if (node.started() && !node.running()) {
        Thread.sleep(timing.grace());
        throw new LaunchException(
            "%s %s before the platform was ready%s; its log is %s"
                .formatted(node.name(), node.exit(), lastWords(node), node.log().file()));
      }
    }
  }

  /** Watches for ever: says what died, and starts it again after a pause. */
  void supervise() throws InterruptedException {
    while (true) {
      Thread.sleep(timing.poll());
      boolean died =
          nodes.stream().anyMatch(node -> !node.running() && !restarts.containsKey(node));
      if (died) {
        Thread.sleep(timing.grace());
        noticeDeaths();
      }
      for (ManagedProcess node : nodes) {
        Deadline restart = restarts.get(node);
        if (restart != null && restart.passed()) {
          restarts.remove(node);
          restart(node);
        }
      }
    }
  }

  /** Stops cores and workers, then the database; true when nothing is left running. */
  boolean stop() throws InterruptedException {
    boolean stopped = stop(nodes.stream().filter(node -> !isDatabase(node)).toList());
    stopped &= stop(nodes.stream().filter(Platform::isDatabase).toList());
    if (nodes.stream().anyMatch(node -> isDatabase(node) && node.started())) {
      try {
        leftovers.endDatabase();
      } catch (IOException | LaunchException e) {
        console.say(e.getMessage());
        stopped = false;
      }
    }
    return stopped;
  }

  private void startAll(Kind kind) throws IOException {
    for (ManagedProcess node : nodes) {
      if (node.spec().kind() == kind) {
        node.start();
      }
    }
  }

  /** What a start still waits for, as a clause for people; empty when nothing. */
  @FunctionalInterface
  private interface Waiting {
    Optional<String> reason() throws LaunchException, InterruptedException;
  }

  private void await(Deadline deadline, Waiting waiting)
      throws LaunchException, InterruptedException {
    while (true) {
      requireAllRunning();
      Optional<String> reason = waiting.reason();
      if (reason.isEmpty()) {
        return;
      }
      if (deadline.passed()) {
        throw new LaunchException(
            "Not ready after %d s: %s".formatted(timing.ready().toSeconds(), reason.get()));
      }
      Thread.sleep(timing.poll());
    }
  }

  private void noticeDeaths() {
    for (ManagedProcess node : nodes) {
      if (!node.running() && !restarts.containsKey(node)) {
        restarts.put(node, Deadline.in(timing.restart()));
        console.say(
            "%s %s and is started again in %d s%s; its log is %s"
                .formatted(
                    node.name(),
                    node.exit(),
                    timing.restart().toSeconds(),
                    lastWords(node),
                    node.log().file()));
        deletePid(node);
      }
    }
  }

  private void restart(ManagedProcess node) throws InterruptedException {
    try {
      if (isDatabase(node)) {
        // What a killed database process left behind has served until now.
        leftovers.endDatabase();
      }
      node.start();
    } catch (IOException | LaunchException e) {
      restarts.put(node, Deadline.in(timing.restart()));
      console.say(
          "%s could not be started, which is tried again in %d s: %s"
              .formatted(node.name(), timing.restart().toSeconds(), e.getMessage()));
    }
  }

  private boolean stop(List<ManagedProcess> some) throws InterruptedException {
    Map<OsProcess, ManagedProcess> running = new HashMap<>();
    some.forEach(node -> node.os().ifPresent(process -> running.put(process, node)));
    List<OsProcess> left = Ending.ofNode(timing).apply(running.keySet());
    List<ManagedProcess> ended = new ArrayList<>(some);
    for (OsProcess process : left) {
      ManagedProcess node = running.get(process);
      ended.remove(node);
      console.say("%s (process %d) does not end.".formatted(node.name(), process.pid()));
    }
    ended.forEach(this::deletePid);
    return left.isEmpty();
  }

  private void deletePid(ManagedProcess node) {
    try {
      node.deletePid();
    } catch (IOException e) {
      console.say("The pid file of " + node.name() + " cannot be deleted: " + e.getMessage());
    }
  }

  private static String lastWords(ManagedProcess node) {
    return node.log().lastWords().map(line -> ": " + line).orElse("");
  }

  private static boolean isDatabase(ManagedProcess node) {
    return node.spec().kind() == Kind.DATABASE;
  }
}
