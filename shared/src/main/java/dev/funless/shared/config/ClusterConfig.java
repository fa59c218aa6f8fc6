package dev.funless.shared.config;

import java.time.Duration;
import java.util.List;

/**
 * How a node finds the others.
 *
 * @param name nodes of different names never join
 * @param host the address that other nodes reach this one by
 * @param port Hazelcast's port; the event bus takes {@code busPort}
 * @param busPort 0 takes a free one
 * @param members {@code host:port} of nodes to join, this one may be among them; none for a node
 *     that starts a cluster alone
 * @param silence how long a node may be silent before the cluster drops it
 */
public record ClusterConfig(
    String name, String host, int port, int busPort, List<String> members, Duration silence) {

  public static ClusterConfig read(Settings settings) {
    List<String> members = settings.list("cluster.members");
    for (String member : members) {
      if (!member.matches(".+:\\d{1,5}")) {
        settings.error("cluster.members", "must list host:port, not '" + member + "'");
      }
    }
    return new ClusterConfig(
        settings.text("cluster.name", "funless"),
        settings.text("cluster.host", "127.0.0.1"),
        settings.integer("cluster.port", 5701, 1, 65_535),
        settings.integer("cluster.bus_port", 0, 0, 65_535),
        members,
        settings.millis(
            "cluster.silence_ms",
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5)));
  }
}
