package dev.funless.core.invoke;

import dev.funless.core.schedule.Explanation;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.Decision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The last decisions for each function, explained. Confined to the scheduler's event loop.
 *
 * <p>To explain a decision takes longer than to make it. So where nobody asks, a function's
 * decisions are explained as long as there are few: {@value #LAST} at once, and one a second after
 * that. All decisions are kept that were explained to somebody who asked.
 */
final class DecisionLog {

  /** How many decisions are kept of a function. */
  static final int LAST = 16;

  /** How many functions are told apart; the one that was called longest ago goes first. */
  private static final int MAX_FUNCTIONS = 1_000;

  private static final long NANOS_FOR_ANOTHER = TimeUnit.SECONDS.toNanos(1);

  private final Map<FunctionId, History> histories =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FunctionId, History> eldest) {
          return size() > MAX_FUNCTIONS;
        }
      };

  History of(FunctionId function) {
    History history = histories.get(function);
    if (history == null) {
      history = new History();
      histories.put(function, history);
    }
    return history;
  }

  /** The oldest first. */
  List<Decision> last(FunctionId function) {
    History history = histories.get(function);
    return history == null ? List.of() : List.copyOf(history.last);
  }

  /** Of one function. */
  static final class History {

    private final Deque<Decision> last = new ArrayDeque<>();
    private long turn;

    /** How many may be explained at once where nobody asks, and when it was last counted. */
    private int allowance = LAST;

    private long countedNanos;

    /** How many decisions there were before. */
    long nextTurn() {
      return turn++;
    }

    Explanation explanation(boolean asked, long nowNanos) {
      return asked || isAllowed(nowNanos) ? Explanation.asked() : Explanation.UNWANTED;
    }

    private boolean isAllowed(long nowNanos) {
      if (allowance < LAST && nowNanos - countedNanos >= NANOS_FOR_ANOTHER) {
        long earned = (nowNanos - countedNanos) / NANOS_FOR_ANOTHER;
        allowance = (int) Math.min(LAST, allowance + earned);
        countedNanos += earned * NANOS_FOR_ANOTHER;
      }
      if (allowance == 0) {
        return false;
      }
      if (allowance == LAST) {
        countedNanos = nowNanos;
      }
      allowance--;
      return true;
    }

    void keep(Decision decision) {
      if (last.size() == LAST) {
        last.removeFirst();
      }
      last.addLast(decision);
    }
  }
}
