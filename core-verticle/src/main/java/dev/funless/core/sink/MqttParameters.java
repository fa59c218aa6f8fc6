package dev.funless.core.sink;

import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A topic of a broker's.
 *
 * @param port a number, or one as a text
 * @param qos 0, 1 or 2; 0 counts as delivered once it was sent
 * @param tls whether the connection is encrypted; the broker's certificate is checked then
 * @param ca whom that must come from; by default somebody whom Java trusts
 */
record MqttParameters(
    String host,
    Optional<Object> port,
    String topic,
    Optional<Integer> qos,
    Optional<String> username,
    Optional<Secret> password,
    Optional<Boolean> tls,
    Optional<Certificates> ca) {

  private static final int MAX_TOPIC = 65_535;

  MqttParameters {
    Checks.text("host", host);
    port = port.map(MqttParameters::number);
    Checks.text("topic", topic);
    if (topic.contains("#")
        || topic.contains("+")
        || topic.getBytes(StandardCharsets.UTF_8).length > MAX_TOPIC) {
      throw new IllegalArgumentException("topic must be one topic, without wildcards.");
    }
    if (qos.isPresent() && (qos.get() < 0 || qos.get() > 2)) {
      throw new IllegalArgumentException("qos must be 0, 1 or 2.");
    }
    username.ifPresent(name -> Checks.text("username", name));
    if (password.isPresent() && username.isEmpty()) {
      throw new IllegalArgumentException("password must not be given without username.");
    }
    Certificates.need(tls.orElse(false), ca);
  }

  private static Object number(Object port) {
    Checks.port(
        switch (port) {
          case Integer number -> number;
          case String text when text.matches("[0-9]{1,5}") -> Integer.parseInt(text);
          default -> 0;
        });
    return port instanceof String text ? Integer.valueOf(text) : port;
  }

  int portOrDefault() {
    return port.map(number -> (Integer) number).orElse(isTls() ? 8883 : 1883);
  }

  int qosOrDefault() {
    return qos.orElse(1);
  }

  boolean isTls() {
    return tls.orElse(false);
  }
}
