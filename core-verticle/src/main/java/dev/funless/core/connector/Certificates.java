package dev.funless.core.connector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/**
 * Whom a server's certificate must come from: the parameter {@code ca} of events and sinks.
 *
 * @param pem one certificate or more
 */
public record Certificates(@JsonValue String pem) {

  private static final int MAX_LENGTH = 64 * 1024;

  /** Java looks for certificates in PKCS #7 too, which others do not. */
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  public Certificates {
    if (pem.length() > MAX_LENGTH || !pem.contains(BEGIN) || !areCertificates(pem)) {
      throw new IllegalArgumentException("ca must be one or more certificates in PEM.");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Certificates of(String pem) {
    return new Certificates(pem);
  }

  private static boolean areCertificates(String pem) {
    try {
      return !CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
          .isEmpty();
    } catch (CertificateException e) {
      return false;
    }
  }

  /** Rejects those that would not be looked at. */
  public static void need(boolean isTls, Optional<Certificates> ca) {
    if (ca.isPresent() && !isTls) {
      throw new IllegalArgumentException("ca must not be given without TLS.");
    }
  }

  TrustOptions trust() {
    return new PemTrustOptions().addCertValue(Buffer.buffer(pem));
  }
}
