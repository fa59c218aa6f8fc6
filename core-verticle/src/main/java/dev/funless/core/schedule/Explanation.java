package dev.funless.core.schedule;

import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Place;
import dev.funless.shared.protocol.message.Decision.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

  /**
   * Tells of every worker its figure, or that the function does not fit into it. Only where {@link
   * #wanted}.
   *
   * @param chosen null where none is
   * @param figure what the policy goes by; asked only for workers that the function fits into
   */
  void addAll(List<Worker> workers, Call call, Worker chosen, Function<Worker, String> figure) {
    for (Worker worker : workers) {
      if (!Capacity.fits(call, worker)) {
        add(worker.name(), Outcome.RULED_OUT, Capacity.shortage(call, worker));
      } else {
        add(
            worker.name(),
            worker == chosen ? Outcome.CHOSEN : Outcome.PASSED_OVER,
            figure.apply(worker));
      }
    }
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
