package dev.funless.engine;

import dev.funless.engine.memory.MemoryBudget;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Idle instances, ready for their next call. They are kept within the engine's memory budget, and
 * give way, the least recently used function's first, whenever a call needs room. Thread-safe.
 */
final class InstancePool implements MemoryBudget.Idle {

  private final int maximumOfEach;

  // All guarded by this.
  private final Map<LoadedFunction, ArrayDeque<GuestInstance>> idle =
      new LinkedHashMap<>(16, 0.75f, true);
  private long heldBytes;
  private boolean closed;

  /**
   * @param maximumOfEach how many of one function are kept: as many as can run at once
   */
  InstancePool(int maximumOfEach) {
    this.maximumOfEach = maximumOfEach;
  }

  /**
   * The instance that was used last, whose memory the caches still hold; null where there is none.
   */
  synchronized GuestInstance take(LoadedFunction function) {
    ArrayDeque<GuestInstance> instances = idle.get(function);
    GuestInstance instance = instances == null ? null : instances.pollLast();
    if (instance != null) {
      heldBytes -= instance.heldBytes();
    }
    return instance;
  }

  /** Takes back an instance that was reset; one of a form that has been replaced goes. */
  synchronized void giveBack(LoadedFunction function, GuestInstance instance) {
    boolean wanted = !closed && !function.unloaded() && instance.form() == function.form();
    ArrayDeque<GuestInstance> instances =
        wanted ? idle.computeIfAbsent(function, _ -> new ArrayDeque<>()) : null;
    if (instances == null || instances.size() >= maximumOfEach) {
      instance.close();
    } else {
      instances.addLast(instance);
      heldBytes += instance.heldBytes();
    }
  }

  @Override
  public synchronized boolean dropOne() {
    Iterator<ArrayDeque<GuestInstance>> eldest = idle.values().iterator();
    while (eldest.hasNext()) {
      ArrayDeque<GuestInstance> instances = eldest.next();
      GuestInstance instance = instances.pollFirst();
      if (instances.isEmpty()) {
        eldest.remove();
      }
      if (instance != null) {
        drop(instance);
        return true;
      }
    }
    return false;
  }

  /** To be called once the function is unloaded, or has another form. */
  synchronized void drop(LoadedFunction function) {
    ArrayDeque<GuestInstance> instances = idle.remove(function);
    if (instances != null) {
      instances.forEach(this::drop);
    }
  }

  synchronized void close() {
    closed = true;
    while (dropOne()) {}
  }

  synchronized long heldBytes() {
    return heldBytes;
  }

  /** Whether a call of the function would find an instance. */
  synchronized int count(LoadedFunction function) {
    ArrayDeque<GuestInstance> instances = idle.get(function);
    return instances == null ? 0 : instances.size();
  }

  private void drop(GuestInstance instance) {
    heldBytes -= instance.heldBytes();
    instance.close();
  }
}
