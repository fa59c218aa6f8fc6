package dev.funless.core.catalog;

import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.function.FunctionSpec;

/**
 * A function as a core knows it.
 *
 * @param spec what workers need of it
 * @param metadata what its uploader said
 * @param policy its own scheduling, or its module's, or the default
 * @param cost what a call costs, over the latencies of the services in {@code spec}
 */
public record FunctionDefinition(
    FunctionSpec spec, FunctionMetadata metadata, PolicyConfig policy, CostExpression cost) {}
