package dev.funless.core.invoke;

import dev.funless.core.schedule.Advice;
import dev.funless.core.schedule.Call;
import dev.funless.core.schedule.Circumstances;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.workers.Reservation;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.shared.function.FunctionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * What it costs the scheduler's event loop to place an invocation: the decision and the
 * reservation. For the benchmark; in this package, as nobody else is to decide. Confined to one
 * thread.
 */
public final class DecisionPath {

  private final WorkerRegistry workers;
  private final Decider decider;
  private final DecisionLog log = new DecisionLog();
  private long accepted;

  public DecisionPath(Circumstances.Core core, Policies policies, WorkerRegistry workers) {
    this.workers = workers;
    this.decider =
        new Decider(
            core,
            policies,
            workers,
            new InvocationMetrics(new SimpleMeterRegistry()),
            RandomGenerator.getDefault());
  }

  /** An invocation that waits for its worker. */
  public static final class Accepted {

    private final Invocation invocation;

    private Accepted(Invocation invocation) {
      this.invocation = invocation;
    }
  }

  /**
   * @param explain whether its user asks why
   */
  public Accepted accept(Call call, PolicyConfig policy, boolean explain) {
    String id = "invocation-" + accepted++;
    return new Accepted(
        new Invocation(
            id, call, policy, false, explain, System.nanoTime(), System.currentTimeMillis()));
  }

  /** Puts the call's reservation into {@code inFlight}; false where no worker is valid. */
  public boolean place(Accepted accepted, Deque<Reservation> inFlight) {
    Call call = accepted.invocation.call;
    return switch (decider.decide(accepted.invocation, Advice.NOT_ASKED)) {
      case Placement.To to -> {
        inFlight.addLast(workers.reserve(to.worker().id(), call.function(), call.args().length));
        yield true;
      }
      case Placement.Nowhere _ -> false;
    };
  }

  /**
   * What a decision asks the log where its user does not ask why, in a log of its own; true where
   * the decision would be explained all the same.
   */
  public boolean looksUp(FunctionId function, long nowNanos) {
    DecisionLog.History history = log.of(function);
    return history.nextTurn() >= 0 && history.explanation(false, nowNanos).wanted();
  }
}
