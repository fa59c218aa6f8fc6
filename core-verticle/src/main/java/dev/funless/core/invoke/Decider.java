package dev.funless.core.invoke;

import dev.funless.core.invoke.DecisionLog.History;
import dev.funless.core.schedule.Circumstances;
import dev.funless.core.schedule.Explanation;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.Selection;
import dev.funless.core.schedule.Worker;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.Decision.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a policy pick the worker for an invocation, and keeps why. Confined to the scheduler's event
 * loop: between a decision and its reservation nothing else is decided there.
 */
final class Decider {

  private static final Logger log = LoggerFactory.getLogger(Decider.class);

  private final Circumstances.Core core;
  private final Policies policies;
  private final WorkerRegistry workers;
  private final InvocationMetrics metrics;
  private final RandomGenerator random;
  private final DecisionLog decisions = new DecisionLog();

  Decider(
      Circumstances.Core core,
      Policies policies,
      WorkerRegistry workers,
      InvocationMetrics metrics,
      RandomGenerator random) {
    this.core = core;
    this.policies = policies;
    this.workers = workers;
    this.metrics = metrics;
    this.random = random;
  }

  /** Decides by the policy that the configuration's type picks. */
  Placement decide(Invocation invocation, PolicyConfig policy) {
    long now = System.nanoTime();
    History history = decisions.of(invocation.call.function().id());
    Explanation explanation = history.explanation(invocation.explain, now);
    List<Worker> candidates =
        workers.candidates(invocation.excluded, invocation.call.args().length, now, explanation);
    if (candidates.isEmpty()) {
      Failure nobody = workers.anyLive(now) ? Failures.ALL_BUSY : Failures.NO_WORKER;
      return kept(invocation, policy, history, explanation, invocation.refusal.orElse(nobody));
    }
    if (!workers.anyReported(now)) {
      Worker any = lastResort(invocation, candidates, explanation);
      return kept(invocation, policy, history, explanation, any, Admission.OPEN);
    }
    Circumstances circumstances = new Circumstances(core, history.nextTurn(), random, explanation);
    return switch (policies.select(policy, candidates, invocation.call, circumstances)) {
      case Selection.Chosen chosen ->
          kept(invocation, policy, history, explanation, chosen.worker(), chosen.admission());
      case Selection.None none ->
          kept(
              invocation,
              policy,
              history,
              explanation,
              invocation.refusal.orElseGet(() -> Failures.noValidWorker(none.reason())));
    };
  }

  /** While no live worker has reported, any is taken whatever the policy. */
  private Worker lastResort(
      Invocation invocation, List<Worker> candidates, Explanation explanation) {
    metrics.lastResort();
    log.info("Invocation {} goes to a worker by chance: none has reported", invocation.id);
    Worker any = candidates.get(random.nextInt(candidates.size()));
    if (explanation.wanted()) {
      for (Worker worker : candidates) {
        explanation.add(
            worker.name(),
            worker == any ? Outcome.CHOSEN : Outcome.PASSED_OVER,
            "last resort: no worker has reported yet, so one is taken by chance");
      }
    }
    return any;
  }

  private Placement kept(
      Invocation invocation,
      PolicyConfig policy,
      History history,
      Explanation explanation,
      Worker worker,
      Admission admission) {
    if (explanation.wanted()) {
      String reason =
          explanation.verdicts().stream()
              .filter(verdict -> verdict.outcome() == Outcome.CHOSEN)
              .map(Decision.Verdict::reason)
              .findFirst()
              .orElse("");
      keep(invocation, policy, history, explanation, Optional.of(worker.name()), reason);
    }
    return new Placement.To(worker, admission);
  }

  private Placement kept(
      Invocation invocation,
      PolicyConfig policy,
      History history,
      Explanation explanation,
      Failure failure) {
    if (explanation.wanted()) {
      keep(invocation, policy, history, explanation, Optional.empty(), failure.detail());
    }
    return new Placement.Nowhere(failure);
  }

  private void keep(
      Invocation invocation,
      PolicyConfig policy,
      History history,
      Explanation explanation,
      Optional<String> worker,
      String reason) {
    Decision decision =
        new Decision(
            invocation.id,
            System.currentTimeMillis(),
            core.name(),
            policies.toJson(policy),
            worker,
            reason,
            explanation.verdicts());
    history.keep(decision);
    invocation.decided(decision);
  }

  /** The last decisions that this core has made for a function and explained; the oldest first. */
  List<Decision> last(FunctionId function) {
    return decisions.last(function);
  }
}
