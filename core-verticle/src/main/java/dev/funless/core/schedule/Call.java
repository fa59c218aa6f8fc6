package dev.funless.core.schedule;

import dev.funless.core.schedule.cost.CallParameters;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.core.schedule.cost.ServiceLatencies;
import dev.funless.shared.function.FunctionSpec;

/** What is to be placed. Confined to the thread of the decision. */
public final class Call {

  private final FunctionSpec function;
  private final CostExpression cost;
  private final byte[] args;

  /** The cost with what it takes from the arguments; null until it is asked for. */
  private CostExpression bound;

  /** The worker whose latencies are asked for; a lambda for each worker would be garbage. */
  private Worker asked;

  private final ServiceLatencies latencies = this::latencyMillis;

  /**
   * @param function what is to run
   * @param cost what that costs, over the function's services
   * @param args its arguments: JSON in UTF-8, not to be changed
   */
  public Call(FunctionSpec function, CostExpression cost, byte[] args) {
    this.function = function;
    this.cost = cost;
    this.args = args;
  }

  public FunctionSpec function() {
    return function;
  }

  public byte[] args() {
    return args;
  }

  /** What the function costs on a worker, by its latencies to the function's services. */
  public double costMillis(Worker worker) {
    if (bound == null) {
      bound = cost.bound(CallParameters.read(args, cost.parameters()));
    }
    asked = worker;
    return bound.evaluate(latencies, CallParameters.NONE);
  }

  private double latencyMillis(int service) {
    return asked.latencyMillis(function.services().get(service));
  }
}
