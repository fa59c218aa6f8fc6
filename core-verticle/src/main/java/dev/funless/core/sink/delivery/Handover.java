package dev.funless.core.sink.delivery;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.sink.SinkType;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands results to the types of their sinks. Thread-safe. */
final class Handover {

  private static final int MAX_SENTENCE = 500;

  private final ConnectorTypes<SinkType<?>> types;
  private final Duration patience;

  Handover(ConnectorTypes<SinkType<?>> types, Duration patience) {
    this.types = types;
    this.patience = patience;
  }

  /** Fails where it did not arrive for certain; {@link #sentence} says why. */
  Future<Void> deliver(Claimed claimed) {
    return types
        .find(claimed.type())
        .map(type -> deliver(type, claimed))
        .orElseGet(
            () -> Future.failedFuture("This core knows no type '" + claimed.type() + "' of sinks."))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A type that throws is one that fails. */
  private <P extends Record> Future<Void> deliver(SinkType<P> type, Claimed claimed) {
    try {
      P parameters = types.json().parseStored(claimed.parameters(), type.parameters());
      return type.deliver(parameters, claimed.result());
    } catch (InvalidParametersException | RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Why it failed, for people. */
  String sentence(Throwable e) {
    String text =
        switch (e) {
          case FailureException failure -> failure.failure().detail();
          case TimeoutException _ -> "It did not answer within " + patience.toMillis() + " ms.";
          default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    // Also because a text in PostgreSQL holds no zeros.
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() <= MAX_SENTENCE ? plain : plain.substring(0, MAX_SENTENCE) + "…";
  }
}
