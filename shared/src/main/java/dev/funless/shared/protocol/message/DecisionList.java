package dev.funless.shared.protocol.message;

import java.util.List;

/** Decisions, the oldest first. */
public record DecisionList(List<Decision> decisions) {

  public DecisionList {
    decisions = List.copyOf(decisions);
  }
}
