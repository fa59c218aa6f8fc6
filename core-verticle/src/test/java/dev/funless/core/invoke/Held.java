package dev.funless.core.invoke;

import dev.funless.shared.protocol.message.RunRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The calls that fake workers have: sent to them, not answered by them and not given up by the
 * core. Held at every new one against what a worker may have together. Thread-safe.
 */
final class Held {

  private final Predicate<Collection<String>> allowed;

  /** By worker, the functions' tags by invocation. */
  private final Map<String, Map<String, String>> tags = new HashMap<>();

  private final Set<String> ended = new HashSet<>();
  private final Set<String> seenTags = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private int most;

  /**
   * @param allowed whether a worker may have calls of functions with these tags at once
   */
  Held(Predicate<Collection<String>> allowed) {
    this.allowed = allowed;
  }

  /** False where the core has given the call up before it arrived. */
  synchronized boolean take(String workerId, RunRequest request) {
    if (ended.contains(request.invocationId())) {
      return false;
    }
    Map<String, String> here = tags.computeIfAbsent(workerId, _ -> new HashMap<>());
    here.put(request.invocationId(), request.function().tag());
    seenTags.add(request.function().tag());
    most = Math.max(most, here.size());
    if (!allowed.test(here.values())) {
      violations.add(workerId + " had " + here);
    }
    return true;
  }

  synchronized void drop(String workerId, String invocationId) {
    tags.get(workerId).remove(invocationId);
  }

  /** The core has answered the invocation. */
  synchronized void ended(String invocationId) {
    ended.add(invocationId);
    tags.values().forEach(here -> here.remove(invocationId));
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** The most calls that a worker had at once. */
  synchronized int most() {
    return most;
  }

  synchronized Set<String> seenTags() {
    return Set.copyOf(seenTags);
  }
}
