package dev.funless.core.sink;

import dev.funless.core.connector.ConnectorType;
import io.vertx.core.Future;

/**
 * A type of sink: one new type is one new file and one line in {@link SinkTypes}. Thread-safe.
 *
 * @param <P> its parameters
 */
public interface SinkType<P extends Record> extends ConnectorType<P> {

  /**
   * Delivers a result. May be called again with the same one, at any time later: delivery is at
   * least once.
   *
   * @return fails with a sentence where it did not arrive for certain
   */
  Future<Void> deliver(P parameters, Result result);

  /**
   * Whether a result could be delivered now, as far as that can be told without sending one.
   *
   * @return fails with a sentence where none could
   */
  Future<Void> reach(P parameters);
}
