package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionId;

/** Asks a core for the last decisions that it made for a function. */
public record DecisionsRequest(FunctionId function) {}
