package dev.funless.core.sink;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Publishes the {@link Envelope} on a topic. It is delivered once the broker has acknowledged it,
 * or, with QoS 0, once it was sent.
 */
final class MqttSink implements SinkType<MqttParameters> {

  private static final Duration KEEP = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Idle<MqttParameters, MqttPublisher> publishers;

  MqttSink(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.publishers =
        new Idle<>(
            vertx,
            KEEP,
            parameters -> new MqttPublisher(vertx, parameters, patience),
            MqttPublisher::close);
  }

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public Class<MqttParameters> parameters() {
    return MqttParameters.class;
  }

  /** By the connection that deliveries use. */
  @Override
  public Future<Void> reach(MqttParameters parameters) {
    return publishers.use(parameters, MqttPublisher::reach);
  }

  @Override
  public Future<Void> deliver(MqttParameters parameters, Result result) {
    return Bodies.made(vertx, result, () -> Envelope.of(result))
        .compose(envelope -> publishers.use(parameters, publisher -> publisher.publish(envelope)));
  }
}
