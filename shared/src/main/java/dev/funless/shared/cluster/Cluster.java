package dev.funless.shared.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.funless.shared.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A node's membership in the cluster: the only code that knows Hazelcast. Thread-safe.
 *
 * @param vertx joined to the cluster's event bus
 * @param nodeId this run of the node; after a restart it has another
 */
public record Cluster(Vertx vertx, String nodeId, HazelcastInstance hazelcast) {

  /**
   * Joins. Blocks for seconds, so not for event loops.
   *
   * @param builder carries what else the node wants of Vert.x, such as its metrics
   */
  public static Cluster join(ClusterConfig config, VertxBuilder builder, VertxOptions options) {
    HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(hazelcastConfig(config));
    HazelcastClusterManager manager = new HazelcastClusterManager(hazelcast);
    options.setEventBusOptions(
        new EventBusOptions()
            .setHost(config.host())
            .setPort(config.busPort())
            .setClusterPublicHost(config.host())
            // A peer that cannot be reached is soon declared gone; the bus must not try longer.
            .setConnectTimeout((int) config.silence().toMillis()));
    try {
      Vertx vertx =
          builder
              .with(options)
              .withClusterManager(manager)
              .buildClustered()
              .await(60, TimeUnit.SECONDS);
      return new Cluster(vertx, manager.getNodeId(), hazelcast);
    } catch (Exception e) {
      hazelcast.getLifecycleService().terminate();
      throw new IllegalStateException("This node could not join the cluster.", e);
    }
  }

  private static Config hazelcastConfig(ClusterConfig config) {
    Config hazelcast = ConfigUtil.loadConfig();
    hazelcast.setClusterName(config.name());
    long silenceSeconds = config.silence().toSeconds();
    hazelcast
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.socket.bind.any", "false")
        // Fewer threads: this cluster's maps are small.
        .setProperty("hazelcast.operation.thread.count", "2")
        .setProperty("hazelcast.operation.generic.thread.count", "2")
        .setProperty("hazelcast.event.thread.count", "1")
        .setProperty("hazelcast.io.thread.count", "1")
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", String.valueOf(silenceSeconds))
        // A node that was cut off comes back within seconds, not minutes.
        .setProperty("hazelcast.merge.first.run.delay.seconds", "3")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "3");
    // Two nodes may die at once without taking others' addresses with them.
    hazelcast.getMultiMapConfig("__vertx.subs").setBackupCount(2);
    hazelcast.getMapConfig("__vertx.nodeInfo").setBackupCount(2);
    hazelcast.getJetConfig().setEnabled(false);
    hazelcast.getIntegrityCheckerConfig().setEnabled(false);
    hazelcast
        .getNetworkConfig()
        .setPort(config.port())
        .setPortAutoIncrement(false)
        .setPublicAddress(config.host() + ":" + config.port())
        .getInterfaces()
        .setEnabled(true)
        .clear()
        .addInterface(config.host());
    JoinConfig join = hazelcast.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
    return hazelcast;
  }

  /**
   * Tells of each node that leaves, by the {@code nodeId} it had. The listener is called on a
   * thread of the cluster's and must not block.
   */
  public void onNodeLeft(Consumer<String> listener) {
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {}

              @Override
              public void memberRemoved(MembershipEvent event) {
                listener.accept(event.getMember().getUuid().toString());
              }
            });
  }

  /** Leaves. Requests in flight fail, so drain before. */
  public Future<Void> leave() {
    return vertx
        .close()
        .eventually(
            () -> {
              hazelcast.shutdown();
              return Future.succeededFuture();
            });
  }
}
