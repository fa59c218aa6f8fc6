package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionSpec;

/**
 * Asks a worker to run a function.
 *
 * @param invocationId names this invocation in logs and events
 * @param coreId the core that asks, to be told of progress
 * @param function what to run
 * @param args the arguments: JSON in UTF-8
 * @param remainingMillis time left when the core sent this
 * @param deadlineEpochMillis when the call must have ended, by the core's clock
 * @param withLog whether the answer is to carry what the function prints
 * @param admission what the worker holds the call against before it takes it
 */
public record RunRequest(
    String invocationId,
    String coreId,
    FunctionSpec function,
    byte[] args,
    long remainingMillis,
    long deadlineEpochMillis,
    boolean withLog,
    Admission admission) {}
