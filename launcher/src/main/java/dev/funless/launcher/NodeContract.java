package dev.funless.launcher;

import dev.funless.launcher.NodeSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the launcher tells the nodes it starts, and what it expects of them. A node runs in the
 * checkout's root, is configured from {@code config/} there, and finds these variables in its
 * environment, which come before the files:
 *
 * <table>
 *   <caption>Environment of a node</caption>
 *   <tr><th>variable</th><th>for</th><th>value</th></tr>
 *   <tr><td>{@code FUNLESS_NODE_NAME}</td><td>all</td>
 *       <td>{@code db}, {@code core1}, {@code worker1} and so on</td></tr>
 *   <tr><td>{@code FUNLESS_PARENT_PID}</td><td>all</td>
 *       <td>the launcher's process id; a node ends by itself once that process is gone</td></tr>
 *   <tr><td>{@code FUNLESS_CLUSTER_NAME}</td><td>all</td>
 *       <td>made from the data folder, so that two platforms never join</td></tr>
 *   <tr><td>{@code FUNLESS_DATA_DIR}</td><td>all</td>
 *       <td>absolute; the data folder DIR for the database (which keeps its files in
 *       {@code DIR/database}) and the cores (the one that creates the first tokens writes
 *       {@code DIR/tokens}, mode 0600), {@code DIR/worker1} and so on for workers</td></tr>
 *   <tr><td>{@code FUNLESS_CLUSTER_HOST}</td><td>cores, workers</td><td>127.0.0.1</td></tr>
 *   <tr><td>{@code FUNLESS_CLUSTER_PORT}</td><td>cores, workers</td>
 *       <td>Hazelcast's port; the same again after a restart</td></tr>
 *   <tr><td>{@code FUNLESS_CLUSTER_MEMBERS}</td><td>cores, workers</td>
 *       <td>{@code host:port} of every core and worker, separated by commas</td></tr>
 *   <tr><td>{@code FUNLESS_HTTP_HOST}</td><td>cores, workers</td><td>127.0.0.1</td></tr>
 *   <tr><td>{@code FUNLESS_HTTP_PORT}</td><td>cores, workers</td>
 *       <td>consecutive ports for cores, free ones for workers</td></tr>
 *   <tr><td>{@code FUNLESS_DATABASE_URI}</td><td>cores</td>
 *       <td>{@code postgresql://postgres@127.0.0.1:PORT/postgres}</td></tr>
 *   <tr><td>{@code FUNLESS_DATABASE_PORT}</td><td>database</td><td>where it listens</td></tr>
 * </table>
 *
 * <p>The database prints a line {@value #DATABASE_READY}{@code N} when it accepts connections.
 * Cores and workers answer 200 to {@code GET /v1/ready} once they serve. SIGTERM and SIGINT stop a
 * node cleanly; the database takes PostgreSQL down with it. Standard output and error are the
 * node's log.
 */
final class NodeContract {

  static final String DATA = "FUNLESS_DATA_DIR";
  static final String DATABASE_READY = "database ready on port ";

  private static final String LOOPBACK = "127.0.0.1";

  private final Layout layout;
  private final DataFolder data;
  private final long launcherPid;

  NodeContract(Layout layout, DataFolder data, long launcherPid) {
    this.layout = layout;
    this.data = data;
    this.launcherPid = launcherPid;
  }

  /** The ports that {@link #nodes} takes besides those of the cores. */
  static int freePorts(Options options) {
    return 1 + options.cores() + 2 * options.workers();
  }

  /**
   * The database, the cores and the workers, in this order.
   *
   * @param free {@link #freePorts} distinct ports
   */
  List<NodeSpec> nodes(Options options, List<Integer> free) {
    int nodes = options.cores() + options.workers();
    int databasePort = free.getFirst();
    List<Integer> clusterPorts = free.subList(1, 1 + nodes);
    List<Integer> workerPorts = free.subList(1 + nodes, freePorts(options));
    String members =
        clusterPorts.stream().map(port -> LOOPBACK + ":" + port).collect(Collectors.joining(","));

    List<NodeSpec> specs = new ArrayList<>();
    specs.add(database(databasePort));
    IntStream.range(0, options.cores())
        .mapToObj(i -> core(i + 1, options.port() + i, clusterPorts.get(i), members, databasePort))
        .forEach(specs::add);
    IntStream.range(0, options.workers())
        .mapToObj(
            i -> worker(i + 1, workerPorts.get(i), clusterPorts.get(options.cores() + i), members))
        .forEach(specs::add);
    return List.copyOf(specs);
  }

  private NodeSpec database(int port) {
    Map<String, String> environment = common("db");
    environment.put(DATA, data.folder().toString());
    environment.put("FUNLESS_DATABASE_PORT", Integer.toString(port));
    return new NodeSpec(Kind.DATABASE, "db", port, layout.databaseCommand(), environment);
  }

  private NodeSpec core(int number, int port, int clusterPort, String members, int databasePort) {
    String name = "core" + number;
    Map<String, String> environment = member(name, port, clusterPort, members);
    environment.put(DATA, data.folder().toString());
    environment.put(
        "FUNLESS_DATABASE_URI", "postgresql://postgres@127.0.0.1:" + databasePort + "/postgres");
    return new NodeSpec(Kind.CORE, name, port, layout.coreCommand(), environment);
  }

  private NodeSpec worker(int number, int port, int clusterPort, String members) {
    String name = "worker" + number;
    Map<String, String> environment = member(name, port, clusterPort, members);
    environment.put(DATA, data.folder().resolve(name).toString());
    return new NodeSpec(Kind.WORKER, name, port, layout.workerCommand(), environment);
  }

  private Map<String, String> member(String name, int port, int clusterPort, String members) {
    Map<String, String> environment = common(name);
    environment.put("FUNLESS_CLUSTER_HOST", LOOPBACK);
    environment.put("FUNLESS_CLUSTER_PORT", Integer.toString(clusterPort));
    environment.put("FUNLESS_CLUSTER_MEMBERS", members);
    environment.put("FUNLESS_HTTP_HOST", LOOPBACK);
    environment.put("FUNLESS_HTTP_PORT", Integer.toString(port));
    return environment;
  }

  private Map<String, String> common(String name) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("FUNLESS_NODE_NAME", name);
    environment.put("FUNLESS_PARENT_PID", Long.toString(launcherPid));
    environment.put("FUNLESS_CLUSTER_NAME", data.clusterName());
    return environment;
  }
}
