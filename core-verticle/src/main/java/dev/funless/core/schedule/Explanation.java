package dev.funless.core.schedule;

import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Place;
import dev.funless.shared.protocol.message.Decision.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the verdicts on the workers where somebody asks for them. A policy looks whether they
 * are {@link #wanted} before it makes up any text, so that a decision costs nothing more where
 * nobody asks. Confined to the thread of the decision.
 */
public final class Explanation {

  /** Nobody asks. */
  public static final Explanation UNWANTED = new Explanation(false);

  private final boolean wanted;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Explanation(boolean wanted) {
    this.wanted = wanted;
  }

  /** Somebody asks. */
  public static Explanation asked() {
    return new Explanation(true);
  }

  public boolean wanted() {
    return wanted;
  }

  /** Only where {@link #wanted}. */
  public void add(String worker, Outcome outcome, String reason) {
    add(new Verdict(worker, outcome, reason, Optional.empty()));
  }

  /** Only where {@link #wanted}. */
  public void add(String worker, Outcome outcome, String reason, Place place) {
    add(new Verdict(worker, outcome, reason, Optional.of(place)));
  }

  private void add(Verdict verdict) {
    if (!wanted) {
      throw new IllegalStateException("nobody asked");
    }
    verdicts.add(verdict);
  }

  public List<Verdict> verdicts() {
    return List.copyOf(verdicts);
  }
}
