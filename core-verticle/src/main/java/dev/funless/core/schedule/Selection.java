package dev.funless.core.schedule;

import dev.funless.shared.protocol.message.Admission;

/** What a policy decided. */
public sealed interface Selection {

  /**
   * This worker runs the call.
   *
   * @param admission what the worker itself holds the call against, for what other cores may have
   *     sent it meanwhile
   */
  record Chosen(Worker worker, Admission admission) implements Selection {

    public Chosen(Worker worker) {
      this(worker, Admission.OPEN);
    }
  }

  /** No worker is valid; {@code reason} is one sentence for the caller. */
  record None(String reason) implements Selection {}
}
