package dev.funless.worker;

import dev.funless.shared.config.Settings;
import dev.funless.shared.node.NodeProcess;
import java.nio.file.Path;

/** Runs a worker. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    NodeProcess.run(
        "worker",
        () -> {
          Settings settings = Settings.load(Path.of("config", "worker.yaml"), System.getenv());
          WorkerNode node = WorkerNode.start(WorkerConfig.read(settings));
          return node::stop;
        });
  }
}
