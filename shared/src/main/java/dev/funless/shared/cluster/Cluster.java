package dev.funless.shared.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.funless.shared.config.ClusterConfig;
import dev.funless.shared.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node's membership in the cluster: the only code that knows Hazelcast. Thread-safe.
 *
 * @param vertx joined to the cluster's event bus
 * @param nodeId this run of the node; after a restart it has another
 */
public record Cluster(Vertx vertx, String nodeId, HazelcastInstance hazelcast) {

  /** Where Vert.x keeps a node's id among the attributes of a Hazelcast member. */
  private static final String NODE_ID = "__vertx.nodeId";

  /**
   * Joins. Blocks for seconds, so not for event loops.
   *
   * @param builder carries what else the node wants of Vert.x, such as its metrics
   */
  public static Cluster join(
      ClusterConfig config,
      Role role,
      NodeConfig node,
      VertxBuilder builder,
      VertxOptions options) {
    SilentPeers.doNotSpin();
    HazelcastClusterManager manager =
        new HazelcastClusterManager(hazelcastConfig(config, role, node));
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
      return new Cluster(vertx, manager.getNodeId(), manager.getHazelcastInstance());
    } catch (Exception e) {
      throw new IllegalStateException("This node could not join the cluster.", e);
    }
  }

  private static Config hazelcastConfig(ClusterConfig config, Role role, NodeConfig node) {
    Config hazelcast = new Config();
    hazelcast
        .getMemberAttributeConfig()
        .setAttribute("role", role.name())
        .setAttribute("name", node.name())
        .setAttribute("tag", node.tag())
        .setAttribute("zone", node.zone());
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
    // What Vert.x keeps of its nodes; two may die at once without taking others' addresses along.
    hazelcast.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET)
            .setBackupCount(2));
    hazelcast.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(2));
    hazelcast.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
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
   * Tells of each node that is there or joins, and of each that leaves. The listener is called on
   * threads of the cluster's, one event at a time, and must not block. A node may be told twice.
   */
  public void watch(Watcher watcher) {
    hazelcast
        .getCluster()
        .addMembershipListener(
            new InitialMembershipListener() {
              @Override
              public void init(InitialMembershipEvent event) {
                event.getMembers().forEach(member -> watcher.joined(node(member)));
              }

              @Override
              public void memberAdded(MembershipEvent event) {
                watcher.joined(node(event.getMember()));
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                watcher.left(node(event.getMember()));
              }
            });
  }

  /** The nodes of a role that are there now. */
  public List<Node> nodes(Role role) {
    return hazelcast.getCluster().getMembers().stream()
        .map(Cluster::node)
        .filter(node -> node.role() == role)
        .toList();
  }

  private static Node node(Member member) {
    String role = member.getAttribute("role");
    return new Node(
        attribute(member, NODE_ID),
        role == null ? Role.APPLICATION : Role.valueOf(role),
        attribute(member, "name"),
        attribute(member, "tag"),
        attribute(member, "zone"));
  }

  private static String attribute(Member member, String name) {
    String value = member.getAttribute(name);
    return value == null ? "" : value;
  }

  /** Leaves. Requests in flight fail, so drain before. */
  public Future<Void> leave() {
    return vertx.close();
  }

  /** What a node does in the cluster. */
  public enum Role {
    CORE,
    WORKER,
    /** Somebody else's application. */
    APPLICATION
  }

  /** A node of the cluster. */
  public record Node(String id, Role role, String name, String tag, String zone) {}

  /** Is told who comes and goes. */
  public interface Watcher {
    void joined(Node node);

    void left(Node node);
  }
}
