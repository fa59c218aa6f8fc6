package dev.funless.shared.protocol.message;

import java.util.List;

/**
 * What a worker holds a call against before it takes it, by its own count of what it has, running
 * and waiting. A core decides on what it knows; of other cores' calls that is up to a report old.
 * So what must hold among several cores' calls, the worker itself refuses.
 *
 * @param maxCalls with that many calls it takes no other; {@link Integer#MAX_VALUE} for no bound
 * @param absentTags tags of functions none of which it may have a call of
 */
public record Admission(int maxCalls, List<String> absentTags) {

  /** Whatever the worker has. */
  public static final Admission OPEN = new Admission(Integer.MAX_VALUE, List.of());

  public Admission {
    absentTags = List.copyOf(absentTags);
  }

  /** Whether there is nothing to hold a call against. */
  public boolean isOpen() {
    return maxCalls == Integer.MAX_VALUE && absentTags.isEmpty();
  }
}
