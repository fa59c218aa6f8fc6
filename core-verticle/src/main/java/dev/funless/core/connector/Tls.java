package dev.funless.core.connector;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.VertxException;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/**
 * Encrypted connections to servers, whose certificates must be trusted and for the host that was
 * asked for.
 */
public final class Tls {

  /** The rules of HTTPS (RFC 2818) hold for hosts of every protocol. */
  static final String HOST_RULES = "HTTPS";

  private static final int MAX_CAUSES = 20;

  private Tls() {}

  /**
   * @param ca trusted instead of those that Java trusts
   */
  public static ClientSSLOptions options(Optional<Certificates> ca) {
    return new ClientSSLOptions()
        .setHostnameVerificationAlgorithm(HOST_RULES)
        .setTrustOptions(trust(ca));
  }

  static TrustOptions trust(Optional<Certificates> ca) {
    return ca.map(Certificates::trust).orElseGet(Tls::javas);
  }

  /** For clients that want to be told whom to trust. */
  private static TrustOptions javas() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why there is no encrypted connection, as part of a sentence; empty where TLS is not why. */
  public static Optional<String> why(Throwable e) {
    Throwable cause = e;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      String why = reason(cause);
      if (!why.isEmpty()) {
        return Optional.of(why);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException _ -> "its certificate has expired";
      case CertPathBuilderException _ -> "its certificate is not trusted";
      // A path that was found and is no good has its reason as the cause, such as an expiry.
      case CertPathValidatorException bad when bad.getCause() == null ->
          "its certificate is not trusted";
      // Java has no class of its own for it; others say more.
      case CertificateException other when other.getClass() == CertificateException.class ->
          "its certificate is for another host";
      case NotSslRecordException _ -> "it does not speak TLS";
      // The PostgreSQL client notices first that the connection is gone, and loses the reason.
      case VertxException lost when "SSL handshake failed".equals(lost.getMessage()) ->
          "TLS failed, most likely because its certificate is not trusted or is for another host";
      default -> "";
    };
  }
}
