package dev.funless.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An engine and the modules of the tests, with the calls that tests make. */
final class Guests implements AutoCloseable {

  static final int PAGE = 65_536;

  static final CallLimits LIMITS = new CallLimits(64L * PAGE, 100_000, 10_000, 0, 5);

  static final OutboundHttp NO_HTTP =
      request -> {
        throw new IOException("nothing is reachable");
      };

  private static final Duration WAIT = Duration.ofSeconds(20);

  final Engine engine;

  Guests() {
    this(new EngineConfig(1, 2, 10, 256L * PAGE, 1 << 20));
  }

  Guests(EngineConfig config) {
    engine = new Engine(config);
  }

  static byte[] wasm(String name) {
    try (InputStream in = Guests.class.getResourceAsStream("/wasm/" + name + ".wasm")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LoadedFunction load(String name) {
    try {
      return engine.load(wasm(name));
    } catch (InvalidModuleException e) {
      throw new AssertionError(name, e);
    }
  }

  static Call call(String input) {
    return call(input, Duration.ofSeconds(10), LIMITS);
  }

  static Call call(String input, Duration timeout, CallLimits limits) {
    return call(input, timeout, limits, NO_HTTP);
  }

  static Call call(String input, Duration timeout, CallLimits limits, OutboundHttp http) {
    return new Call(
        input.getBytes(StandardCharsets.UTF_8),
        System.nanoTime() + timeout.toNanos(),
        limits,
        Map.of("GREETING", "hello"),
        http,
        () -> true);
  }

  /** Runs one call and waits for how it ends. */
  Outcome run(LoadedFunction function, Call call) {
    return await(start(function, call));
  }

  CompletableFuture<Outcome> start(LoadedFunction function, Call call) {
    var outcome = new CompletableFuture<Outcome>();
    if (!engine.submit(function, call, outcome::complete)) {
      throw new AssertionError("the queue is full");
    }
    return outcome;
  }

  static Outcome await(CompletableFuture<Outcome> outcome) {
    try {
      return outcome.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the call did not end", e);
    }
  }

  /** The answer of a call that must give one. */
  String answer(LoadedFunction function, String input) {
    return answerOf(run(function, call(input)));
  }

  static String answerOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> new String(answered.json(), StandardCharsets.UTF_8);
      case Outcome.Failed failed -> throw new AssertionError(failed.toString());
    };
  }

  static Outcome.Failed failureOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> throw new AssertionError("answered " + answerOf(answered));
      case Outcome.Failed failed -> failed;
    };
  }

  @Override
  public void close() {
    engine.close();
  }
}
