package dev.funless.core.connector;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import dev.funless.core.database.TestDatabase;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real broker in this JVM that can be stopped and started anew on its port. It keeps sessions in
 * memory only. It listens twice, once with TLS and {@link TestCertificates}. The user {@code u}
 * needs the password {@code right}; without a user anybody may connect.
 */
public final class Broker {

  /** Below the range of outgoing connections, so that the port is still free for a restart. */
  private static final int FIRST_PORT = 10_000;

  private static final int LAST_PORT = 20_000;

  private final Path folder;
  private final int port;
  private final int tlsPort;
  private EmbeddedHiveMQ broker;

  private Broker(Path folder, int port, int tlsPort) {
    this.folder = folder;
    this.port = port;
    this.tlsPort = tlsPort;
  }

  public static Broker start() throws Exception {
    Broker broker = new Broker(Files.createTempDirectory("funless-broker"), freePort(), freePort());
    broker.restart();
    return broker;
  }

  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Another one then.
      }
    }
  }

  public void restart() throws Exception {
    Path config = Files.createDirectories(folder.resolve("conf"));
    Path keys = TestCertificates.writeStore(folder);
    Files.writeString(
        config.resolve("config.xml"),
        """
        <hivemq>
          <listeners>
            <tcp-listener><port>%1$d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
            <tls-tcp-listener>
              <port>%2$d</port><bind-address>127.0.0.1</bind-address>
              <tls>
                <keystore>
                  <path>%3$s</path>
                  <password>%4$s</password>
                  <private-key-password>%4$s</private-key-password>
                </keystore>
              </tls>
            </tls-tcp-listener>
          </listeners>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
          <persistence><mode>in-memory</mode></persistence>
        </hivemq>
        """
            .formatted(port, tlsPort, keys, TestCertificates.PASSWORD));
    broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(config)
            .withDataFolder(Files.createDirectories(folder.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
            .withEmbeddedExtension(
                EmbeddedExtension.builder()
                    .withId("passwords")
                    .withName("passwords")
                    .withVersion("1")
                    .withExtensionMain(new Passwords())
                    .build())
            .build();
    broker.start().get(60, TimeUnit.SECONDS);
  }

  public void stop() throws Exception {
    broker.stop().get(60, TimeUnit.SECONDS);
    broker.close();
    TestDatabase.delete(folder);
  }

  public int port() {
    return port;
  }

  public int tlsPort() {
    return tlsPort;
  }

  private static final class Passwords implements ExtensionMain {

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
      Services.securityRegistry()
          .setAuthenticatorProvider(_ -> (SimpleAuthenticator) Passwords::check);
    }

    private static void check(SimpleAuthInput input, SimpleAuthOutput output) {
      boolean isRight =
          input.getConnectPacket().getUserName().isEmpty()
              || input
                  .getConnectPacket()
                  .getPassword()
                  .map(password -> StandardCharsets.UTF_8.decode(password).toString())
                  .filter("right"::equals)
                  .isPresent();
      if (isRight) {
        output.authenticateSuccessfully();
      } else {
        output.failAuthentication();
      }
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
  }
}
