package dev.funless.fuzz.trial;

import dev.funless.engine.EngineConfig;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.Outcome;
import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.generate.Ending;
import dev.funless.fuzz.reference.Observed;
import dev.funless.fuzz.trial.Finding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Generated modules called again and again, by several threads: whatever the calls before did, each
 * call must do what it does in an engine that ran nothing else.
 */
public final class IsolationTarget implements Target {

  /** Of a call that would never end: the others are far from it. */
  private static final Duration ENDLESS = Duration.ofMillis(40);

  private static final int INPUTS = 3;

  /** Half of them at once: one runs and four wait, where calls end at their deadline too often. */
  private static final int CALLS = 10;

  private static final EngineConfig CONFIG =
      new EngineConfig(2, 0, CALLS, 512L * Subject.PAGE, 16 << 20);

  private final Subject subject = new Subject(CONFIG);

  /** An input, and what comes of it where nothing was before. */
  private record Expected(byte[] input, Duration timeout, Observed seen) {}

  @Override
  public Made make(long seed, BitSet dropped) {
    return GeneratedTarget.generated(seed, dropped);
  }

  @Override
  public Trial run(Made made) {
    try {
      return repeated(made);
    } catch (Unwanted unwanted) {
      return unwanted.trial();
    }
  }

  private Trial repeated(Made made) throws Unwanted {
    var dice = new Dice(~made.seed());
    var expected = new ArrayList<Expected>();
    for (int i = 0; i < INPUTS; i++) {
      expected.add(expected(made, dice));
    }
    Subject.Loaded loaded = subject.loadValid(made.module());
    LoadedFunction function = loaded.function();
    var calls = new ArrayList<Expected>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(dice.pick(expected));
    }
    for (Expected call : calls.subList(0, CALLS / 2)) {
      check(call, subject.await(start(function, call), call.timeout));
    }
    subject.compile(function);
    together(function, calls.subList(CALLS / 2, CALLS));
    subject.checkEmpty();
    return Trial.fine(Subject.label(loaded, expected.getLast().seen.end()));
  }

  private Expected expected(Made made, Dice dice) throws Unwanted {
    Ending ending = dice.pick(List.of(Ending.values()));
    if (ending == Ending.ENDLESS && !dice.oneIn(4)) {
      ending = Ending.ANSWER;
    }
    Duration timeout = ending == Ending.ENDLESS ? ENDLESS : GeneratedTarget.TIMEOUT;
    byte[] input = GeneratedTarget.input(dice, ending);
    try (var fresh = new Subject(CONFIG)) {
      LoadedFunction function = fresh.loadValid(made.module()).function();
      Outcome outcome =
          fresh.call(function, input, timeout, GeneratedTarget.LIMITS, Subject.NO_HTTP);
      return new Expected(input, timeout, Seen.of(outcome));
    }
  }

  private void together(LoadedFunction function, List<Expected> calls) throws Unwanted {
    var started = new ArrayList<Subject.Started>();
    for (Expected call : calls) {
      started.add(start(function, call));
    }
    for (int i = 0; i < calls.size(); i++) {
      check(calls.get(i), subject.await(started.get(i), calls.get(i).timeout));
    }
  }

  private Subject.Started start(LoadedFunction function, Expected call) throws Unwanted {
    return subject.start(
        function, call.input, call.timeout, GeneratedTarget.LIMITS, Subject.NO_HTTP);
  }

  private static void check(Expected call, Outcome outcome) throws Unwanted {
    Observed seen = Seen.of(outcome);
    String difference =
        call.timeout.equals(ENDLESS)
            ? differenceUntilStopped(call.seen, seen)
            : call.seen.difference(seen);
    if (!difference.isEmpty()) {
      throw new Unwanted(
          Kind.LEAKED, "fresh / used: " + difference + "\n" + call.seen + "\n" + seen);
    }
  }

  /** Where one was stopped, before it began or anywhere on its way, what it logged until then. */
  private static String differenceUntilStopped(Observed one, Observed other) {
    if (!stopped(one) && !stopped(other)) {
      return one.difference(other);
    }
    int both = Math.min(one.log().length(), other.log().length());
    return one.log().regionMatches(0, other.log(), 0, both) ? "" : "logs differ";
  }

  private static boolean stopped(Observed seen) {
    return seen.end().startsWith(Outcome.Reason.DEADLINE.name())
        || seen.end().startsWith(Outcome.Reason.EXPIRED.name());
  }

  @Override
  public void close() {
    subject.close();
  }
}
