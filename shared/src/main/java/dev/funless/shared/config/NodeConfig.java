package dev.funless.shared.config;

import java.nio.file.Path;

/**
 * Who a node is.
 *
 * @param name shown to people and used by scheduling scripts
 * @param tag groups workers for scheduling scripts; empty where it has none
 * @param zone where the node stands; empty where it does not matter
 * @param dataDir where it keeps its files
 * @param parentPid a process without which the node ends itself; 0 for none
 */
public record NodeConfig(String name, String tag, String zone, Path dataDir, long parentPid) {

  public static NodeConfig read(Settings settings, String defaultName) {
    return new NodeConfig(
        settings.text("node.name", defaultName),
        settings.text("node.tag", ""),
        settings.text("node.zone", ""),
        Path.of(settings.text("data.dir", ".funless")),
        settings.whole("parent.pid", 0, 0, Long.MAX_VALUE));
  }
}
