package dev.funless.core.schedule;

/** What a policy decided. */
public sealed interface Selection {

  /** This worker runs the call. */
  record Chosen(WorkerSnapshot worker) implements Selection {}

  /** No worker is valid; {@code reason} is one sentence for the caller. */
  record None(String reason) implements Selection {}
}
