package dev.funless.bench.load;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * The load of a connector: the broker that it subscribes to, which sends its next message at QoS 1
 * when one is acknowledged. There is nothing of a broker in it that would take time of its own. One
 * subscriber, one topic; all of it happens on one event loop.
 */
public final class Messages implements AutoCloseable {

  private static final Duration SHUT = Duration.ofSeconds(10);
  private static final long TICK_MILLIS = 50;
  private static final int IDS = 65_535;
  private static final long LOWEST_LATENCY_NANOS = 100;
  private static final int LATENCY_DIGITS = 3;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Promise<Subscriber> subscribed = Promise.promise();
  private final MqttServer server;
  private Run running;

  private record Subscriber(MqttEndpoint endpoint, String topic) {}

  private Messages() {
    this.server =
        MqttServer.create(
            vertx,
            new MqttServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                // Any other bound makes Netty 4.2.13 refuse packets whose header comes in two
                // reads.
                .setMaxMessageSize(Integer.MAX_VALUE));
    server.endpointHandler(this::connected);
  }

  /** Listens on a free port of the loopback address. */
  public static Messages listen() throws InterruptedException {
    Messages messages = new Messages();
    try {
      Promise<MqttServer> listening = Promise.promise();
      messages.context.runOnContext(_ -> messages.server.listen().onComplete(listening));
      listening.future().await(SHUT.toMillis(), TimeUnit.MILLISECONDS);
      return messages;
    } catch (TimeoutException e) {
      messages.close();
      throw new IllegalStateException("the broker did not start", e);
    }
  }

  public int port() {
    return server.actualPort();
  }

  private void connected(MqttEndpoint endpoint) {
    endpoint
        .subscribeHandler(
            subscription -> {
              endpoint.subscribeAcknowledge(
                  subscription.messageId(),
                  subscription.topicSubscriptions().stream()
                      .map(_ -> MqttQoS.AT_LEAST_ONCE)
                      .toList());
              String topic = subscription.topicSubscriptions().getFirst().topicName();
              subscribed.tryComplete(new Subscriber(endpoint, topic));
            })
        .publishAcknowledgeHandler(
            id -> {
              if (running != null) {
                running.acknowledged(id);
              }
            })
        .closeHandler(
            _ -> {
              if (running != null) {
                running.failed("a broken connection: the connector closed it");
              }
            })
        .accept(false);
  }

  /**
   * Sends for {@code duration}, and waits for the last acknowledgements.
   *
   * @param payload of every message
   * @param atOnce how many are under way, 1 to 64: a connector invokes no more at once
   * @param deadline how long one message may take, at most a minute
   * @throws IllegalStateException where nobody subscribes in time
   */
  public Measurement run(String payload, int atOnce, Duration duration, Duration deadline)
      throws InterruptedException {
    if (atOnce < 1 || atOnce > 64) {
      throw new IllegalArgumentException("1 to 64 messages may be under way, not " + atOnce);
    }
    try {
      Subscriber subscriber = subscribed.future().await(deadline.toMillis(), TimeUnit.MILLISECONDS);
      Promise<Measurement> done = Promise.promise();
      context.runOnContext(
          _ -> {
            running = new Run(subscriber, Buffer.buffer(payload), duration, deadline, done);
            running.start(atOnce);
          });
      return done.future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(duration.plus(deadline).plus(SHUT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("no connector took the messages", e);
    }
  }

  /** One measurement. Confined to the event loop. */
  private final class Run {

    private final Subscriber subscriber;
    private final Buffer payload;
    private final long startNanos = System.nanoTime();
    private final long endNanos;
    private final long deadlineNanos;
    private final Promise<Measurement> done;
    private final Map<Integer, Long> sentNanos = new HashMap<>();
    private final Histogram latencyNanos =
        new Histogram(LOWEST_LATENCY_NANOS, Load.LONGEST_ANSWER.toNanos(), LATENCY_DIGITS);
    private final Errors errors = new Errors();
    private long timer;
    private int lastId;
    private long right;
    private long received;

    Run(
        Subscriber subscriber,
        Buffer payload,
        Duration duration,
        Duration deadline,
        Promise<Measurement> done) {
      this.subscriber = subscriber;
      this.payload = payload;
      this.endNanos = startNanos + duration.toNanos();
      this.deadlineNanos = deadline.toNanos();
      this.done = done;
    }

    void start(int atOnce) {
      timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick());
      for (int i = 0; i < atOnce; i++) {
        send();
      }
    }

    private void send() {
      lastId = lastId % IDS + 1;
      sentNanos.put(lastId, System.nanoTime());
      subscriber
          .endpoint()
          .publish(subscriber.topic(), payload, MqttQoS.AT_LEAST_ONCE, false, false, lastId);
    }

    void acknowledged(int id) {
      long now = System.nanoTime();
      Long sent = sentNanos.remove(id);
      if (sent == null) {
        errors.add("an acknowledgement of what was not sent");
        return;
      }
      received++;
      if (now <= endNanos) {
        right++;
        latencyNanos.recordValue(Math.min(now - sent, latencyNanos.getHighestTrackableValue()));
        send();
      } else if (sentNanos.isEmpty()) {
        end();
      }
    }

    private void tick() {
      long now = System.nanoTime();
      if (sentNanos.values().stream().anyMatch(sent -> now - sent > deadlineNanos)) {
        failed("a message that was not acknowledged within " + Duration.ofNanos(deadlineNanos));
      }
    }

    void failed(String why) {
      errors.add(why);
      end();
    }

    private void end() {
      vertx.cancelTimer(timer);
      running = null;
      long elapsed = Math.min(System.nanoTime(), endNanos) - startNanos;
      done.complete(
          new Measurement(
              right, received, Duration.ofNanos(elapsed), latencyNanos, errors.counts()));
    }
  }

  @Override
  public void close() {
    try {
      vertx.close().await(SHUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the broker did not end", e);
    }
  }
}
