package dev.funless.core.sink;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.ParametersJson;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** All types of sinks. */
public final class SinkTypes {

  private SinkTypes() {}

  /**
   * One line for each type.
   *
   * @param patience how long a delivery may take
   */
  public static ConnectorTypes<SinkType<?>> all(
      Vertx vertx, ParametersJson json, Duration patience) {
    return new ConnectorTypes<>(
        "sinks",
        json,
        List.of(
            new CouchDbSink(vertx, patience),
            new WebhookSink(vertx, patience, Clock.systemUTC()),
            new PostgresSink(vertx, patience),
            new MqttSink(vertx, patience)));
  }
}
