package dev.funless.core;

import dev.funless.shared.config.Settings;
import dev.funless.shared.node.NodeProcess;
import java.nio.file.Path;

/** Runs a core. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    NodeProcess.run(
        "core",
        () -> {
          Settings settings = Settings.load(Path.of("config", "core.yaml"), System.getenv());
          CoreNode node = CoreNode.start(CoreConfig.read(settings));
          return node::stop;
        });
  }
}
