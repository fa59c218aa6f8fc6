package dev.funless.launcher;

import dev.funless.launcher.NodeSpec.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks nodes whether they serve. A node that gives no answer in time is one to ask again: it may be
 * busy with its own start. Each answer is what is still waited for, empty when nothing.
 */
final class Readiness {

  private final Http http;
  private final List<ManagedProcess> nodes;
  private final Path tokenFile;
  private final Timing timing;

  Readiness(Http http, List<ManagedProcess> nodes, DataFolder data, Timing timing) {
    this.http = http;
    this.nodes = nodes;
    this.tokenFile = data.tokens();
    this.timing = timing;
  }

  Optional<String> waitingForDatabase() {
    return of(Kind.DATABASE).stream()
        .filter(node -> !node.log().contains(NodeContract.DATABASE_READY))
        .map(node -> "db accepts no connections" + seeLog(node))
        .findFirst();
  }

  Optional<String> waitingForCores() throws InterruptedException {
    return waitingFor(Kind.CORE);
  }

  /** Waits a bounded time for the token file; a core that serves has written it. */
  Tokens tokens() throws LaunchException, InterruptedException {
    Deadline deadline = Deadline.in(timing.tokens());
    Optional<Tokens> tokens = Tokens.read(tokenFile);
    while (tokens.isEmpty()) {
      if (deadline.passed()) {
        throw new LaunchException(
            tokenFile
                + " is missing or lacks its Admin= or Guest= line, and tokens are stored nowhere"
                + " else; bring it back, or begin anew with another --data.");
      }
      Thread.sleep(timing.poll());
      tokens = Tokens.read(tokenFile);
    }
    return tokens.get();
  }

  /** Every worker serves, and every core sees every worker. */
  Optional<String> waitingForWorkers(Tokens tokens) throws LaunchException, InterruptedException {
    Optional<String> waiting = waitingFor(Kind.WORKER);
    if (waiting.isPresent()) {
      return waiting;
    }
    for (ManagedProcess core : of(Kind.CORE)) {
      Set<String> seen;
      try {
        seen = new CoreClient(http, core.spec().port(), tokens).workers(timing.probe());
      } catch (LaunchException.TokenRefused e) {
        throw e;
      } catch (LaunchException e) {
        return Optional.of(e.getMessage());
      }
      for (ManagedProcess worker : of(Kind.WORKER)) {
        if (!seen.contains(worker.name())) {
          return Optional.of(core.name() + " does not see " + worker.name() + seeLog(worker));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> waitingFor(Kind kind) throws InterruptedException {
    for (ManagedProcess node : of(kind)) {
      if (!http.ready(node.spec().port(), timing.probe())) {
        return Optional.of(node.name() + " does not serve" + seeLog(node));
      }
    }
    return Optional.empty();
  }

  private List<ManagedProcess> of(Kind kind) {
    return nodes.stream().filter(node -> node.spec().kind() == kind).toList();
  }

  private static String seeLog(ManagedProcess node) {
    return " (log: " + node.log().file() + ")";
  }
}
