package dev.funless.engine;

import java.util.function.Consumer;

/** A call that has been accepted, and whom to tell how it ended. */
record QueuedCall(LoadedFunction function, Call call, Consumer<Outcome> done) {}
