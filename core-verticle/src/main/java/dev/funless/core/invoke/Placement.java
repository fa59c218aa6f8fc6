package dev.funless.core.invoke;

import dev.funless.core.schedule.Worker;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.protocol.message.Admission;

/** Where an invocation goes. */
sealed interface Placement {

  /** To this worker, which holds it against {@code admission}. */
  record To(Worker worker, Admission admission) implements Placement {}

  /** To none, and why. */
  record Nowhere(Failure failure) implements Placement {}
}
