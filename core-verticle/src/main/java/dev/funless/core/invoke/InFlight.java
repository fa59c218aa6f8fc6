package dev.funless.core.invoke;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calls that workers have been sent and not answered. Confined to the scheduler's loop. */
final class InFlight {

  private final Map<String, Map<String, Dispatch>> byWorker = new HashMap<>();

  void add(Dispatch dispatch) {
    byWorker
        .computeIfAbsent(dispatch.worker.id(), _ -> new HashMap<>())
        .put(dispatch.invocation.id, dispatch);
  }

  /** Takes the call out and releases what it held; false where it was taken out before. */
  boolean remove(Dispatch dispatch) {
    Map<String, Dispatch> calls = byWorker.get(dispatch.worker.id());
    if (calls == null || !calls.remove(dispatch.invocation.id, dispatch)) {
      return false;
    }
    if (calls.isEmpty()) {
      byWorker.remove(dispatch.worker.id());
    }
    dispatch.release();
    return true;
  }

  /** The call, or null where it is not in flight to that worker. */
  Dispatch find(String workerId, String invocationId) {
    return byWorker.getOrDefault(workerId, Map.of()).get(invocationId);
  }

  /** All calls to a worker. */
  List<Dispatch> to(String workerId) {
    return new ArrayList<>(byWorker.getOrDefault(workerId, Map.of()).values());
  }
}
