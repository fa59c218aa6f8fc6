package dev.funless.core.sink;

import dev.funless.core.connector.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts the {@link Envelope} to a URL; any status from 200 to 299 is a delivery.
 *
 * <p>With a secret, the header {@code Funless-Signature: t=<unix seconds>,v1=<hex>} holds the
 * HMAC-SHA256 (RFC 2104) of {@code <unix seconds>.<body>}: who knows the secret can tell that the
 * body is the platform's, and not an old one.
 */
final class WebhookSink implements SinkType<WebhookParameters> {

  static final String SIGNATURE = "Funless-Signature";
  private static final String ALGORITHM = "HmacSHA256";

  private final Vertx vertx;
  private final HttpSender sender;
  private final Clock clock;

  WebhookSink(Vertx vertx, Duration patience, Clock clock) {
    this.vertx = vertx;
    this.sender = new HttpSender(vertx, patience);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Class<WebhookParameters> parameters() {
    return WebhookParameters.class;
  }

  private record Message(Buffer body, Map<String, String> headers) {}

  @Override
  public Future<Void> deliver(WebhookParameters parameters, Result result) {
    return Bodies.made(vertx, result, () -> message(parameters, result))
        .compose(
            message ->
                sender.post(
                    server(parameters),
                    message.headers,
                    message.body,
                    status -> status >= 200 && status < 300));
  }

  /** By a connection; whatever is sent could be taken for a delivery. */
  @Override
  public Future<Void> reach(WebhookParameters parameters) {
    return sender.connect(server(parameters));
  }

  private static HttpSender.Server server(WebhookParameters parameters) {
    return new HttpSender.Server(URI.create(parameters.url()), parameters.ca());
  }

  private Message message(WebhookParameters parameters, Result result) {
    Buffer body = Envelope.of(result);
    Map<String, String> headers = new HashMap<>(parameters.headers().orElse(Map.of()));
    parameters.secret().ifPresent(secret -> headers.put(SIGNATURE, signature(secret, body)));
    return new Message(body, headers);
  }

  private String signature(Secret secret, Buffer body) {
    long seconds = clock.instant().getEpochSecond();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
