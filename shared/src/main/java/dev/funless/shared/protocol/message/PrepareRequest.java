package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionSpec;

/** Asks a worker to fetch and compile a function. */
public record PrepareRequest(FunctionSpec function) {}
