package dev.funless.core.invoke;

import dev.funless.core.workers.WorkerView;
import dev.funless.shared.protocol.Address;
import java.util.List;

/** Asks this core's scheduler for the workers that it knows. Does not leave the node. */
public final class WorkersView {

  public static final Address<Request, Answer> ADDRESS =
      new Address<>("funless.local.workers", Request.class, Answer.class);

  /** There is nothing to say. */
  public record Request() {}

  /** The live workers, by name. */
  public record Answer(List<WorkerView> workers) {}

  private WorkersView() {}
}
