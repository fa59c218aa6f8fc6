package dev.funless.core.schedule;

import dev.funless.shared.protocol.message.Admission;
import java.util.Optional;

/** What a policy decided. */
public sealed interface Selection {

  /**
   * This worker runs the call.
   *
   * @param admission what the worker itself holds the call against, for what other cores may have
   *     sent it meanwhile
   * @param fallback why the default policy decided instead of the configured one; absent where it
   *     did not
   */
  record Chosen(Worker worker, Admission admission, Optional<String> fallback)
      implements Selection {

    public Chosen(Worker worker, Admission admission) {
      this(worker, admission, Optional.empty());
    }

    public Chosen(Worker worker) {
      this(worker, Admission.OPEN);
    }
  }

  /** No worker is valid; {@code reason} is one sentence for the caller. */
  record None(String reason) implements Selection {}
}
