package dev.funless.core.connector;

import io.vertx.core.VertxException;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.MqttConnectionException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** What connections to brokers have in common, whichever way messages go. */
public final class MqttBroker {

  /**
   * As much as MQTT itself allows, which is 256 MiB: with any other bound Netty 4.2.13's decoder
   * takes a packet whose header comes in two reads for one that is too large, and the connection is
   * cut. (It asks for the readable bytes of a buffer that always claims to have two billion.)
   */
  private static final int MAX_PACKET_BYTES = Integer.MAX_VALUE;

  private MqttBroker() {}

  /**
   * @param isTls whether the connection is encrypted; see {@link Tls}
   * @param patience how long a connection may take
   */
  public static MqttClientOptions options(
      Optional<String> username,
      Optional<Secret> password,
      boolean isTls,
      Optional<Certificates> ca,
      Duration patience) {
    MqttClientOptions options = new MqttClientOptions().setMaxMessageSize(MAX_PACKET_BYTES);
    options.setConnectTimeout((int) patience.toMillis());
    username.ifPresent(options::setUsername);
    password.ifPresent(secret -> options.setPassword(secret.value()));
    if (isTls) {
      options
          .setSsl(true)
          .setHostnameVerificationAlgorithm(Tls.HOST_RULES)
          .setTrustOptions(Tls.trust(ca));
    }
    return options;
  }

  /** A sentence for people. */
  public static String notConnected(Throwable e) {
    return "The broker cannot be connected: " + why(e) + ".";
  }

  /** Part of a sentence. */
  public static String why(Throwable e) {
    return switch (e) {
      case MqttConnectionException refused ->
          switch (refused.code()) {
            case CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
                CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD ->
                "it refuses user name or password";
            case CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_NOT_AUTHORIZED_5 ->
                "it refuses user name or password";
            default -> "it answered " + refused.code();
          };
      case UnknownHostException _ -> "its host is not known";
      case TimeoutException _ -> "it does not answer";
      case VertxException closed when "Closed".equals(closed.getMessage()) ->
          "it closed the connection";
      default ->
          Tls.why(e)
              .orElseGet(
                  () -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    };
  }
}
