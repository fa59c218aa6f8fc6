package dev.funless.tests.system;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes numbers at QoS 1, at a steady pace, and again whatever the broker has not acknowledged
 * when the connection is back. Confined to its event loop, but for {@link #acknowledged}.
 */
final class MqttPublisher implements AutoCloseable {

  private static final long RECONNECT_MILLIS = 200;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final int port;
  private final String topic;

  /** Numbers that are to be sent, in order. */
  private final TreeSet<Integer> unsent = new TreeSet<>();

  private final Map<Integer, Integer> sentByPacket = new HashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private MqttClient client;
  private boolean connected;
  private long timer;

  private MqttPublisher(int port, String topic) {
    this.port = port;
    this.topic = topic;
  }

  /**
   * @param everyMillis between two messages
   */
  static MqttPublisher start(int port, String topic, long everyMillis) {
    MqttPublisher publisher = new MqttPublisher(port, topic);
    publisher.context.runOnContext(
        _ -> {
          publisher.connect();
          publisher.timer =
              publisher.vertx.setPeriodic(
                  everyMillis,
                  _ -> {
                    publisher.unsent.add(publisher.made.getAndIncrement());
                    publisher.send();
                  });
        });
    return publisher;
  }

  private void connect() {
    client = MqttClient.create(vertx, new MqttClientOptions().setMaxInflightQueue(1_000));
    MqttClient mine = client;
    mine.publishCompletionHandler(
        packet -> {
          if (sentByPacket.remove(packet) != null) {
            acknowledged.incrementAndGet();
          }
          send();
        });
    mine.closeHandler(_ -> lost(mine));
    mine.connect(port, "127.0.0.1")
        .onComplete(
            _ -> {
              connected = true;
              send();
            },
            _ -> vertx.setTimer(RECONNECT_MILLIS, _ -> connect()));
  }

  private void lost(MqttClient which) {
    if (which == client && connected) {
      connected = false;
      unsent.addAll(sentByPacket.values());
      sentByPacket.clear();
      vertx.setTimer(RECONNECT_MILLIS, _ -> connect());
    }
  }

  private void send() {
    while (connected && !unsent.isEmpty() && sentByPacket.size() < 100) {
      int number = unsent.pollFirst();
      client
          .publish(
              topic, Buffer.buffer("{\"n\":" + number + "}"), MqttQoS.AT_LEAST_ONCE, false, false)
          .onComplete(packet -> sentByPacket.put(packet, number), _ -> unsent.add(number));
    }
  }

  /** Makes no more; what was made is still sent. */
  void stop() {
    context.runOnContext(_ -> vertx.cancelTimer(timer));
  }

  /** How many numbers were made, from 0. */
  int made() {
    return made.get();
  }

  /** How many the broker has acknowledged. */
  int acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
