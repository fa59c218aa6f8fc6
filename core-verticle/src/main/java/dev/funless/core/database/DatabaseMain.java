package dev.funless.core.database;

import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.config.Settings;
import dev.funless.shared.node.NodeProcess;
import java.nio.file.Path;

/** Runs the embedded PostgreSQL as a node of its own, so that it outlives every core. */
public final class DatabaseMain {

  private DatabaseMain() {}

  public static void main(String[] args) {
    NodeProcess.run("database", DatabaseMain::start);
  }

  private static NodeProcess.Stop start() throws Exception {
    Settings settings = Settings.load(Path.of("config", "db.yaml"), System.getenv());
    NodeConfig node = NodeConfig.read(settings, "db");
    DatabaseConfig config = DatabaseConfig.read(settings);
    settings.check();
    NodeProcess.endWithParent(node.parentPid());

    EmbeddedDatabase database = EmbeddedDatabase.start(node.dataDir(), config.embeddedPort());
    System.out.println("database ready on port " + database.port());
    endWith(database.process());
    return database::close;
  }

  /**
   * This JVM has nothing to do without the server; and a thread of its own keeps it up till then.
   */
  private static void endWith(ProcessHandle server) {
    Thread.ofPlatform()
        .name("database")
        .start(
            () -> {
              server.onExit().join();
              System.exit(1);
            });
  }
}
