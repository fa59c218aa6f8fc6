package dev.funless.core.event.mqtt;

import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.Secret;
import java.util.Optional;

/**
 * A subscription with a broker.
 *
 * @param topic a filter, which may hold wildcards
 * @param qos 0 to 2; 1 by default. 2 is subscribed to as 1: a function is invoked at least once,
 *     and the client takes the responsibility for a message of QoS 2 before it can be invoked
 * @param ca whom the broker's certificate must come from; by default somebody whom Java trusts
 * @param clientId by default one of the event's own
 */
public record MqttParameters(
    String host,
    Port port,
    String topic,
    Optional<Integer> qos,
    Optional<String> username,
    Optional<Secret> password,
    Optional<Boolean> tls,
    Optional<Certificates> ca,
    Optional<String> clientId) {

  public MqttParameters {
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException("The parameter 'host' is missing or cannot be used.");
    }
    if (port == null) {
      throw new IllegalArgumentException("The parameter 'port' is missing or cannot be used.");
    }
    if (topic == null) {
      throw new IllegalArgumentException("The parameter 'topic' is missing or cannot be used.");
    }
    if (!TopicFilter.isValid(topic)) {
      throw new IllegalArgumentException(
          "'topic' must be a topic filter; '+' and '#' stand for whole levels, '#' for the last.");
    }
    if (qos.isPresent() && (qos.get() < 0 || qos.get() > 2)) {
      throw new IllegalArgumentException("'qos' must be 0, 1 or 2.");
    }
    if (password.isPresent() && username.isEmpty()) {
      throw new IllegalArgumentException("A 'password' needs a 'username'.");
    }
    Certificates.need(tls.orElse(false), ca);
    if (clientId.isPresent() && (clientId.get().isEmpty() || clientId.get().length() > 1_000)) {
      throw new IllegalArgumentException("'client_id' must have 1 to 1000 characters.");
    }
  }

  int subscribedQos() {
    return Math.min(1, qos.orElse(1));
  }

  boolean isTls() {
    return tls.orElse(false);
  }
}
