package dev.funless.core.event.mqtt;

import dev.funless.core.connector.MqttBroker;
import dev.funless.core.event.BackOff;
import dev.funless.core.event.EventSource;
import dev.funless.core.event.Insistence;
import dev.funless.core.event.Trigger;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubAckMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription that is kept up. The session is the broker's to keep, under a client's id that is
 * the event's, so a new owner gets what the old one had not acknowledged, and the broker cuts the
 * old one off. A message is acknowledged when its invocation has ended, on the connection that it
 * came by, as long as the event is owned.
 *
 * <p>Each connection has a client of its own: what is left of an old one cannot disturb the next.
 * The client stops reading for nobody, so what comes beyond the invocations that may run at once
 * waits here, up to a bound; brokers send only some ten messages without acknowledgement.
 */
final class MqttSource implements EventSource {

  private static final Logger log = LoggerFactory.getLogger(MqttSource.class);

  private static final int MAX_INVOCATIONS = 64;
  private static final int MAX_WAITING = 1_000;
  private static final long MAX_WAITING_BYTES = 16L * 1024 * 1024;

  /**
   * After so long without a word to the broker it is asked whether it is there, and has another one
   * and a half times as long to answer.
   */
  private static final int KEEP_ALIVE_SECONDS = 5;

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final long ANSWER_MILLIS = 10_000;

  /** A connection that lasted so long was a good one. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a close waits for invocations to end, and for the broker to forget the topic. */
  private static final long END_MILLIS = 1_500;

  private static final long FORGET_MILLIS = 500;
  private static final int SUBSCRIPTION_REFUSED = 0x80;

  private record Received(MqttClient from, MqttPublishMessage message) {}

  private final MqttParameters parameters;
  private final Trigger trigger;
  private final int maxMessageBytes;
  private final BackOff backOff = new BackOff();
  private final Deque<Received> waiting = new ArrayDeque<>();
  private final Promise<Void> idle = Promise.promise();

  /** The client that counts; null between two connections. */
  private MqttClient current;

  private boolean isSubscribed;
  private long connectedNanos;
  private long waitingBytes;
  private int invocations;
  private boolean isClosing;

  MqttSource(MqttParameters parameters, Trigger trigger, int maxMessageBytes) {
    this.parameters = parameters;
    this.trigger = trigger;
    this.maxMessageBytes = maxMessageBytes;
  }

  void connect() {
    if (isClosing || !trigger.isOwned()) {
      return;
    }
    MqttClient client = MqttClient.create(trigger.vertx(), options());
    current = client;
    connectedNanos = System.nanoTime();
    client
        .publishHandler(message -> received(new Received(client, message)))
        .subscribeCompletionHandler(answer -> subscribed(client, answer))
        .exceptionHandler(
            e -> lost(client, "The connection to the broker failed: " + MqttBroker.why(e) + "."))
        .closeHandler(_ -> lost(client, "The broker has closed the connection."));
    client
        .connect(parameters.port().number(), parameters.host())
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(_ -> subscribe(client))
        .onFailure(e -> lost(client, MqttBroker.notConnected(e)));
  }

  private MqttClientOptions options() {
    MqttClientOptions options =
        MqttBroker.options(
                parameters.username(),
                parameters.password(),
                parameters.isTls(),
                parameters.ca(),
                CONNECT_PATIENCE)
            .setClientId(
                parameters.clientId().orElseGet(() -> "funless-event-" + trigger.eventId()))
            .setCleanSession(false)
            .setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setAutoAck(false);
    return options;
  }

  private void subscribe(MqttClient client) {
    if (client != current) {
      return;
    }
    client.subscribe(parameters.topic(), parameters.subscribedQos());
    trigger
        .vertx()
        .setTimer(
            ANSWER_MILLIS,
            _ -> {
              if (client == current && !isSubscribed) {
                lost(client, "The broker does not answer the subscription.");
              }
            });
  }

  private void subscribed(MqttClient client, MqttSubAckMessage answer) {
    if (client != current) {
      return;
    }
    if (answer.grantedQoSLevels().contains(SUBSCRIPTION_REFUSED)) {
      lost(client, "The broker refused the subscription.");
      return;
    }
    isSubscribed = true;
    trigger.connected();
  }

  /** Connects anew later; what was not acknowledged comes again then. */
  private void lost(MqttClient client, String why) {
    if (client != current) {
      return;
    }
    current = null;
    isSubscribed = false;
    waiting.clear();
    waitingBytes = 0;
    client.disconnect();
    if (isClosing) {
      return;
    }
    trigger.failed(why);
    if (System.nanoTime() - connectedNanos > STEADY_NANOS) {
      backOff.reset();
    }
    trigger.vertx().setTimer(backOff.nextMillis(), _ -> connect());
  }

  private void received(Received received) {
    if (received.from != current || isClosing || !trigger.isOwned()) {
      return;
    }
    int bytes = received.message.payload().length();
    if (bytes > maxMessageBytes) {
      trigger.refused("It has " + bytes + " bytes, more than the " + maxMessageBytes + " allowed.");
      acknowledge(received);
    } else if (invocations < MAX_INVOCATIONS) {
      invoke(received);
    } else if (waiting.size() < MAX_WAITING && waitingBytes + bytes <= MAX_WAITING_BYTES) {
      waiting.add(received);
      waitingBytes += bytes;
    } else if (received.message.qosLevel().value() == 0) {
      trigger.refused("Too many messages wait.");
    } else {
      lost(received.from, "The broker sends more messages than can wait here.");
    }
  }

  private void invoke(Received received) {
    invocations++;
    new Insistence(
            trigger,
            MqttArguments.of(received.message.payload().getBytes()),
            Insistence.UNFINISHED,
            () -> !isClosing && received.from == current)
        .invoke()
        .onSuccess(
            ended -> {
              invocations--;
              if (ended) {
                acknowledge(received);
              }
              invokeNext();
            });
  }

  private void invokeNext() {
    if (isClosing) {
      if (invocations == 0) {
        idle.tryComplete();
      }
      return;
    }
    Received next = waiting.poll();
    if (next != null) {
      waitingBytes -= next.message.payload().length();
      invoke(next);
    }
  }

  private void acknowledge(Received received) {
    boolean isNeeded = received.message.qosLevel().value() > 0;
    if (isNeeded && received.from == current && current.isConnected() && trigger.isOwned()) {
      received.message.ack();
    }
  }

  @Override
  public Future<Void> close(Ending ending) {
    isClosing = true;
    if (ending == Ending.LOST || current == null) {
      return disconnected();
    }
    if (invocations == 0) {
      idle.tryComplete();
    }
    return idle.future()
        .timeout(END_MILLIS, TimeUnit.MILLISECONDS)
        .transform(_ -> ending == Ending.REMOVED ? forgotten() : Future.<Void>succeededFuture())
        .eventually(this::disconnected);
  }

  /** The broker would else keep messages for nobody. */
  private Future<Void> forgotten() {
    if (current == null || !current.isConnected()) {
      return Future.succeededFuture();
    }
    Promise<Void> answered = Promise.promise();
    current.unsubscribeCompletionHandler(_ -> answered.tryComplete());
    current.unsubscribe(parameters.topic());
    return answered
        .future()
        .timeout(FORGET_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(e -> log.debug("Event {} stays subscribed: {}", trigger.eventId(), e.toString()))
        .otherwiseEmpty();
  }

  private Future<Void> disconnected() {
    MqttClient client = current;
    current = null;
    return client == null ? Future.succeededFuture() : client.disconnect().otherwiseEmpty();
  }
}
