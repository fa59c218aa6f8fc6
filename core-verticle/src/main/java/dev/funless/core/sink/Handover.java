package dev.funless.core.sink;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.connector.Tls;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Goes to sinks, as they are stored, through their types. Thread-safe. */
public final class Handover {

  private static final int MAX_SENTENCE = 500;

  private final ConnectorTypes<SinkType<?>> types;
  private final Duration patience;

  /** One with its parameters in clear. */
  private record Sink<P extends Record>(SinkType<P> type, P parameters) {

    Future<Void> deliver(Result result) {
      return type.deliver(parameters, result);
    }

    Future<Void> reach() {
      return type.reach(parameters);
    }
  }

  /**
   * @param patience how long a type may take
   */
  public Handover(ConnectorTypes<SinkType<?>> types, Duration patience) {
    this.types = types;
    this.patience = patience;
  }

  /** Fails where it did not arrive for certain; {@link #sentence} says why. */
  public Future<Void> deliver(String type, String parameters, Result result) {
    return with(type, parameters, sink -> sink.deliver(result));
  }

  /** Fails where nothing could be delivered now; {@link #sentence} says why. */
  Future<Void> reach(String type, String parameters) {
    return with(type, parameters, Sink::reach);
  }

  private Future<Void> with(
      String name, String parameters, Function<Sink<?>, Future<Void>> action) {
    return types
        .find(name)
        .map(type -> with(type, parameters, action))
        .orElseGet(() -> Future.failedFuture("This core knows no type '" + name + "' of sinks."))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A type that throws is one that fails. */
  private <P extends Record> Future<Void> with(
      SinkType<P> type, String parameters, Function<Sink<?>, Future<Void>> action) {
    try {
      return action.apply(
          new Sink<>(type, types.json().parseStored(parameters, type.parameters())));
    } catch (InvalidParametersException | RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Why it failed, for people. */
  public String sentence(Throwable e) {
    String text =
        switch (e) {
          case FailureException failure -> failure.failure().detail();
          case TimeoutException _ -> "It did not answer within " + patience.toMillis() + " ms.";
          default ->
              Tls.why(e)
                  .map(why -> "It cannot be connected: " + why + ".")
                  .orElseGet(
                      () -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        };
    // Also because a text in PostgreSQL holds no zeros.
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() <= MAX_SENTENCE ? plain : plain.substring(0, MAX_SENTENCE) + "…";
  }
}
