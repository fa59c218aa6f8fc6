package dev.funless.tests.system;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A real broker in this JVM that can be stopped in order and started anew on its port. It keeps
 * sessions, and what it holds for them, in files.
 */
final class MqttBroker implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  /** What it holds for a client that is away; more would be lost. */
  private static final int QUEUED = 100_000;

  private final Path folder;
  private final int port = FreePorts.next();
  private EmbeddedHiveMQ broker;

  private MqttBroker(Path folder) {
    this.folder = folder;
  }

  static MqttBroker start(Path folder) throws Exception {
    MqttBroker broker = new MqttBroker(folder);
    broker.start();
    return broker;
  }

  void start() throws Exception {
    Path config = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        config.resolve("config.xml"),
        """
        <hivemq>
          <listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
          <persistence><mode>file</mode></persistence>
          <mqtt><queued-messages><max-queue-size>%d</max-queue-size></queued-messages></mqtt>
        </hivemq>
        """
            .formatted(port, QUEUED));
    broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(config)
            .withDataFolder(Files.createDirectories(folder.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
            .build();
    broker.start().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void stop() throws Exception {
    broker.stop().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    broker.close();
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
