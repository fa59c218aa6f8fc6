package dev.funless.core.invoke;

import dev.funless.core.invoke.DecisionLog.History;
import dev.funless.core.schedule.Advice;
import dev.funless.core.schedule.Circumstances;
import dev.funless.core.schedule.Explanation;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyQuestion;
import dev.funless.core.schedule.Selection;
import dev.funless.core.schedule.WasmConfig;
import dev.funless.core.schedule.Worker;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a policy pick the worker for an invocation, and keeps why. Confined to the scheduler's event
 * loop: between a decision and its reservation nothing else is decided there.
 */
final class Decider {

  private static final Logger log = LoggerFactory.getLogger(Decider.class);

  private static final long FALLBACK_TOLD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Circumstances.Core core;
  private final Policies policies;
  private final WorkerRegistry workers;
  private final InvocationMetrics metrics;
  private final RandomGenerator random;
  private final DecisionLog decisions = new DecisionLog();
  private long fallbackToldNanos = System.nanoTime() - FALLBACK_TOLD_EVERY_NANOS;

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

  /** What a policy that is a function is to be asked. */
  record Question(FunctionId policy, byte[] json) {}

  /** Absent where the policy is no function, or nobody can take the call. */
  Optional<Question> question(Invocation invocation) {
    if (!(invocation.policy instanceof WasmConfig policy)) {
      return Optional.empty();
    }
    List<Worker> candidates = candidates(invocation, System.nanoTime(), Explanation.UNWANTED);
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Question(policy.id(), PolicyQuestion.of(policy, candidates, invocation.call)));
  }

  /**
   * Decides by the policy that the configuration's type picks.
   *
   * @param advice what the policy's own function answered, where it is one
   */
  Placement decide(Invocation invocation, Advice advice) {
    long now = System.nanoTime();
    History history = decisions.of(invocation.call.function().id());
    Explanation explanation = history.explanation(invocation.explain, now);
    List<Worker> candidates = candidates(invocation, now, explanation);
    if (candidates.isEmpty()) {
      return nowhere(
          invocation, workers.anyLive(now) ? Failures.ALL_BUSY : Failures.NO_WORKER, explanation);
    }
    Selection selection =
        workers.anyReported(now)
            ? policies.select(
                invocation.policy,
                candidates,
                invocation.call,
                new Circumstances(core, history.nextTurn(), random, advice, explanation))
            : lastResort(invocation, candidates, explanation);
    return switch (selection) {
      case Selection.Chosen chosen -> to(invocation, chosen, explanation);
      case Selection.None(String reason) ->
          nowhere(invocation, Failures.noValidWorker(reason), explanation);
    };
  }

  private List<Worker> candidates(Invocation invocation, long now, Explanation explanation) {
    return workers.candidates(invocation.excluded, invocation.call.args().length, now, explanation);
  }

  /** While no live worker has reported, any is taken whatever the policy. */
  private Selection lastResort(
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
    return new Selection.Chosen(any);
  }

  private Placement to(Invocation invocation, Selection.Chosen chosen, Explanation explanation) {
    chosen.fallback().ifPresent(why -> fellBack(invocation, why));
    if (explanation.wanted()) {
      String figure =
          explanation.verdicts().stream()
              .filter(verdict -> verdict.outcome() == Outcome.CHOSEN)
              .map(Verdict::reason)
              .findFirst()
              .orElse("");
      String reason =
          chosen
              .fallback()
              .map(why -> why + "; the default policy decided: " + figure)
              .orElse(figure);
      keep(invocation, Optional.of(chosen.worker().name()), reason, explanation);
    }
    return new Placement.To(chosen.worker(), chosen.admission());
  }

  /** Counted always, told in the log once a second. */
  private void fellBack(Invocation invocation, String why) {
    metrics.fellBack();
    long now = System.nanoTime();
    if (now - fallbackToldNanos >= FALLBACK_TOLD_EVERY_NANOS) {
      fallbackToldNanos = now;
      log.warn("Invocation {} was placed by the default policy: {}", invocation.id, why);
    }
  }

  /** What a worker said that was tried before goes before what is found now. */
  private Placement nowhere(Invocation invocation, Failure found, Explanation explanation) {
    Failure failure = invocation.refusal.orElse(found);
    if (explanation.wanted()) {
      keep(invocation, Optional.empty(), failure.detail(), explanation);
    }
    return new Placement.Nowhere(failure);
  }

  private void keep(
      Invocation invocation, Optional<String> worker, String reason, Explanation explanation) {
    Decision decision =
        new Decision(
            invocation.id,
            System.currentTimeMillis(),
            core.name(),
            policies.toJson(invocation.policy),
            worker,
            reason,
            explanation.verdicts());
    decisions.of(invocation.call.function().id()).keep(decision);
    invocation.decided(decision);
  }

  /** The last decisions that this core has made for a function and explained; the oldest first. */
  List<Decision> last(FunctionId function) {
    return decisions.last(function);
  }
}
