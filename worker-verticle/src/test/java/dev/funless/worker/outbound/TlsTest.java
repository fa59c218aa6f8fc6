package dev.funless.worker.outbound;

import static dev.funless.worker.outbound.Site.failure;
import static dev.funless.worker.outbound.Site.get;
import static dev.funless.worker.outbound.Site.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.OutboundHttp;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate is for service.example and signed by itself. */
@Timeout(60)
class TlsTest {

  private static final String PASSWORD = "password";

  @TempDir private static Path folder;

  private static PfxOptions certificate;

  private final Site site = new Site();

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "service",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=service.example",
                    "-ext",
                    "san=dns:service.example",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertTrue(keytool.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, keytool.exitValue());
    certificate = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void callsServerWhoseCertificateIsTrustedForItsName() throws Exception {
    int port = serve();
    assertEquals(
        "service.example service.example:" + port,
        text(calls(trusting()).send(get("https://service.example:" + port + "/"))));
  }

  @Test
  void refusesCertificateOfAnotherName() throws Exception {
    int port = serve();
    String message = failure(calls(trusting()), get("https://other.example:" + port + "/"));
    assertTrue(message.startsWith("no connection to https://other.example:" + port), message);
    assertTrue(message.contains("other.example found"), message);
  }

  @Test
  void refusesCertificateThatTheSystemDoesNotTrust() throws Exception {
    int port = serve();
    String message =
        failure(calls(new ClientSSLOptions()), get("https://service.example:" + port + "/"));
    assertTrue(message.startsWith("no connection to https://service.example:" + port), message);
    assertTrue(message.contains("certification path"), message);
  }

  private int serve() {
    return site.serve(
        "127.0.0.1",
        0,
        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(certificate),
        request ->
            request
                .response()
                .end(request.connection().indicatedServerName() + " " + request.getHeader("Host")));
  }

  private OutboundHttp calls(ClientSSLOptions certificates) {
    return site.calls(
        Map.of(),
        _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")},
        certificates,
        "service.example:*",
        "other.example:*");
  }

  private static ClientSSLOptions trusting() {
    return new ClientSSLOptions().setTrustOptions(certificate);
  }
}
