package dev.funless.core.catalog;

import dev.funless.core.connector.StoredConnector;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.function.FunctionSpec;
import java.util.List;

/**
 * A function as a core knows it.
 *
 * @param spec what workers need of it
 * @param metadata what its uploader said
 * @param policy its own scheduling, or its module's, or the default
 * @param cost what a call costs, over the latencies of the services in {@code spec}
 * @param events what invokes it, in the uploader's order
 * @param sinks where its results go, in the uploader's order
 */
public record FunctionDefinition(
    FunctionSpec spec,
    FunctionMetadata metadata,
    PolicyConfig policy,
    CostExpression cost,
    List<StoredConnector> events,
    List<StoredConnector> sinks) {

  public FunctionDefinition {
    events = List.copyOf(events);
    sinks = List.copyOf(sinks);
  }

  /** Without events and sinks. */
  public FunctionDefinition(
      FunctionSpec spec, FunctionMetadata metadata, PolicyConfig policy, CostExpression cost) {
    this(spec, metadata, policy, cost, List.of(), List.of());
  }
}
