package dev.funless.fuzz.trial;

import dev.funless.engine.Call;
import dev.funless.engine.CallLimits;
import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
import dev.funless.engine.EngineStats;
import dev.funless.engine.InvalidModuleException;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.OutboundHttp;
import dev.funless.engine.Outcome;
import dev.funless.fuzz.trial.Finding.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The engine that is tried, and the rules that hold whatever it is given. Used by one thread. */
final class Subject implements AutoCloseable {

  static final int PAGE = 65_536;

  static final OutboundHttp NO_HTTP =
      _ -> {
        throw new IOException("nothing is reachable");
      };

  /** How much later than its deadline a call may end. */
  private static final Duration LATENESS = Duration.ofSeconds(2);

  /** When a call counts as lost: after its deadline, and so much more. */
  private static final Duration LOST = Duration.ofSeconds(15);

  /** How the sentence begins of a valid module that neither compiler nor interpreter runs right. */
  private static final String NOT_RUN = "The module cannot be compiled here,";

  private static final int TRACE_CHARACTERS = 4000;

  private final Engine engine;

  Subject(EngineConfig config) {
    engine = new Engine(config);
  }

  /** What came of a module. */
  sealed interface Loading {}

  /**
   * It can be called.
   *
   * @param interpreted as it is large, or as the library's compiler gave up on it
   */
  record Loaded(LoadedFunction function, boolean interpreted) implements Loading {}

  /** It was refused, with a sentence. */
  record Refused(InvalidModuleException because) implements Loading {}

  Loading load(byte[] module) throws Unwanted {
    try {
      Engine.validate(module);
    } catch (InvalidModuleException refused) {
      checkSentence(refused.getMessage());
      return new Refused(refused);
    } catch (Throwable e) {
      throw new Unwanted(Kind.THROWN, "validate threw " + trace(e));
    }
    EngineLog.clear();
    try {
      LoadedFunction function = engine.load(module);
      boolean interpreted = function.needsCompiling() || EngineLog.first().isPresent();
      EngineLog.clear();
      return new Loaded(function, interpreted);
    } catch (InvalidModuleException refused) {
      checkSentence(refused.getMessage());
      if (refused.getMessage().startsWith(NOT_RUN)) {
        return new Refused(refused);
      }
      throw new Unwanted(Kind.THROWN, "valid, but load refused it: " + trace(refused));
    } catch (Throwable e) {
      throw new Unwanted(Kind.THROWN, "load threw " + trace(e));
    }
  }

  /** What a worker does, some time after it loaded a large module. */
  void compile(LoadedFunction function) throws Unwanted {
    try {
      engine.compile(function);
    } catch (Throwable e) {
      throw new Unwanted(Kind.THROWN, "compile threw " + trace(e));
    }
  }

  /** Of a module that is known to be valid. */
  Loaded loadValid(byte[] module) throws Unwanted {
    return switch (load(module)) {
      case Loaded loaded -> loaded;
      case Refused refused ->
          throw refused.because.getMessage().startsWith(NOT_RUN)
              ? Unwanted.fine("neither compiled nor interpreted")
              : new Unwanted(Kind.REFUSED, "refused: " + trace(refused.because));
    };
  }

  /** One call after another: the engine must hold nothing when it has ended. */
  Outcome call(
      LoadedFunction function, byte[] input, Duration timeout, CallLimits limits, OutboundHttp http)
      throws Unwanted {
    Outcome outcome = await(start(function, input, timeout, limits, http), timeout);
    checkEmpty();
    return outcome;
  }

  /** A call that has been started. */
  record Started(CompletableFuture<Ended> ended) {}

  /** An outcome, and when it was told. */
  record Ended(Outcome outcome, long atNanos) {}

  Started start(
      LoadedFunction function, byte[] input, Duration timeout, CallLimits limits, OutboundHttp http)
      throws Unwanted {
    var ended = new CompletableFuture<Ended>();
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    var call =
        new Call(
            input,
            deadlineNanos,
            limits,
            Map.of("GREETING", "hello", "OTHER", "\u00fc"),
            http,
            () -> true);
    try {
      boolean accepted =
          engine.submit(
              function,
              call,
              outcome -> {
                if (!ended.complete(new Ended(outcome, System.nanoTime() - deadlineNanos))) {
                  EngineLog.add("a call was told two outcomes");
                }
              });
      if (!accepted) {
        throw new Unwanted(Kind.NO_OUTCOME, "the queue is full: calls before did not leave it");
      }
    } catch (Unwanted e) {
      throw e;
    } catch (Throwable e) {
      throw new Unwanted(Kind.THROWN, "submit threw " + trace(e));
    }
    return new Started(ended);
  }

  Outcome await(Started started, Duration timeout) throws Unwanted {
    Ended ended;
    try {
      ended = started.ended.get(timeout.plus(LOST).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Unwanted(Kind.NO_OUTCOME, "no outcome at all\n" + Threads.dump());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    if (ended.atNanos > LATENESS.toNanos()) {
      throw new Unwanted(
          Kind.LATE, "ended long after its deadline\n" + ended.atNanos / 1_000_000 + " ms");
    }
    if (ended.outcome instanceof Outcome.Failed failed
        && failed.reason() == Outcome.Reason.INTERNAL) {
      String log = EngineLog.first().orElse("");
      throw new Unwanted(Kind.INTERNAL, failed.message() + "\n" + log);
    }
    return ended.outcome;
  }

  /** To be asked when no call runs. */
  void checkEmpty() throws Unwanted {
    EngineStats stats = engine.stats();
    boolean empty =
        stats.running() == 0
            && stats.waiting() == 0
            && stats.queued() == 0
            && stats.memoryReservedBytes() == 0;
    if (!empty) {
      throw new Unwanted(Kind.NOT_RETURNED, "the engine still holds something\n" + stats);
    }
  }

  /** What to count an outcome under. */
  static String label(Loaded loaded, String end) {
    String plain = end.startsWith("exit") ? "exit" : end;
    return loaded.interpreted ? plain + ", interpreted" : plain;
  }

  /** As {@link #label(Loaded, String)}. */
  static String label(Loaded loaded, Outcome outcome) {
    return label(loaded, reason(outcome));
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered _ -> "ANSWERED";
      case Outcome.Failed failed -> failed.reason().name();
    };
  }

  private static void checkSentence(String message) throws Unwanted {
    if (message == null || !message.endsWith(".")) {
      throw new Unwanted(Kind.THROWN, "refused, but not with a sentence: " + message);
    }
  }

  private static String trace(Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    String trace = text.toString();
    return trace.length() > TRACE_CHARACTERS ? trace.substring(0, TRACE_CHARACTERS) : trace;
  }

  @Override
  public void close() {
    engine.close();
  }
}
