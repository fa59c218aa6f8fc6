package dev.funless.tests.system;

import dev.funless.tests.system.Client.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database, cores and workers as processes from the fat jars, in a folder of their own. The nodes
 * end by themselves once this JVM is gone, however it went. Used by one thread at a time.
 */
final class Platform implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final String LOOPBACK = "127.0.0.1";

  /** Where workers stand, and their tags, as they are told when they start. */
  static final List<WorkerPlace> WORKERS =
      List.of(
          new WorkerPlace("alpha", "north", "gpu"),
          new WorkerPlace("beta", "north", ""),
          new WorkerPlace("gamma", "south", "cache"));

  /** After which a result is given up, about seven seconds. */
  static final int SINK_TRIES = 4;

  /** Where cores stand that are not told otherwise. */
  static final String CORE_ZONE = "north";

  /** Who a worker is. */
  record WorkerPlace(String name, String zone, String tag) {}

  private final Path folder;
  private final Checkout.Jars jars;
  private final Map<String, String> memberSettings;
  private final Map<String, String> workerSettings;
  private final int databasePort = FreePorts.next();
  private final List<String> members = new ArrayList<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  private Platform(
      Path folder,
      Checkout.Jars jars,
      Map<String, String> memberSettings,
      Map<String, String> workerSettings) {
    this.folder = folder;
    this.jars = jars;
    this.memberSettings = Map.copyOf(memberSettings);
    this.workerSettings = Map.copyOf(workerSettings);
  }

  /**
   * Starts a database, the core {@code core1} and the three {@link #WORKERS}, and returns once all
   * serve.
   *
   * @param name of its folder below {@link Checkout#OUTPUT}
   * @param memberSettings environment of cores and workers
   * @param workerSettings environment of the workers
   */
  static Platform start(
      String name, Map<String, String> memberSettings, Map<String, String> workerSettings)
      throws IOException {
    Path folder = Checkout.OUTPUT.resolve(name);
    delete(folder);
    Platform platform =
        new Platform(
            folder, Checkout.copyJars(folder.resolve("jars")), memberSettings, workerSettings);
    boolean ready = false;
    try {
      platform.startAll();
      ready = true;
    } finally {
      if (!ready) {
        System.err.println(platform.tails());
        platform.close();
      }
    }
    return platform;
  }

  private void startAll() {
    addDatabase().start();
    List<Node> workers = WORKERS.stream().map(this::addWorker).toList();
    workers.forEach(Node::start);
    addCore("core1").start();
    awaitReady();
  }

  private Node addDatabase() {
    Map<String, String> environment = common("db");
    environment.put("FUNLESS_DATA_DIR", folder.toString());
    environment.put("FUNLESS_DATABASE_PORT", Integer.toString(databasePort));
    List<String> command =
        command(
            "config/db.jvm",
            "-cp",
            jars.core().toString(),
            "dev.funless.core.database.DatabaseMain");
    return add("db", command, environment, databasePort);
  }

  /** Adds a core of the zone {@link #CORE_ZONE}, not started yet. */
  Node addCore(String name) {
    return addCore(name, CORE_ZONE);
  }

  /** Adds a core, not started yet. */
  Node addCore(String name, String zone) {
    Map<String, String> environment = member(name);
    environment.put("FUNLESS_NODE_ZONE", zone);
    environment.put("FUNLESS_DATA_DIR", folder.toString());
    environment.put("FUNLESS_SINKS_TRIES", Integer.toString(SINK_TRIES));
    environment.put(
        "FUNLESS_DATABASE_URI",
        "postgresql://postgres@%s:%d/postgres".formatted(LOOPBACK, databasePort));
    return addMember(name, "config/core.jvm", jars.core(), environment);
  }

  /** Adds a worker, not started yet. */
  Node addWorker(WorkerPlace place) {
    Map<String, String> environment = member(place.name());
    environment.put("FUNLESS_DATA_DIR", folder.resolve(place.name()).toString());
    environment.put("FUNLESS_NODE_ZONE", place.zone());
    environment.put("FUNLESS_NODE_TAG", place.tag());
    environment.putAll(workerSettings);
    return addMember(place.name(), "config/worker.jvm", jars.worker(), environment);
  }

  private Node addMember(String name, String options, Path jar, Map<String, String> environment) {
    int httpPort = FreePorts.next();
    environment.put("FUNLESS_HTTP_PORT", Integer.toString(httpPort));
    return add(name, command(options, "-jar", jar.toString()), environment, httpPort);
  }

  private Node add(
      String name, List<String> command, Map<String, String> environment, int httpPort) {
    Node node = new Node(name, command, environment, folder.resolve(name + ".log"), httpPort);
    if (nodes.putIfAbsent(name, node) != null) {
      throw new IllegalArgumentException("two nodes are called " + name);
    }
    return node;
  }

  private static List<String> command(String options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Checkout.JAVA.toString());
    command.add("@" + options);
    // The tests run code briefly; what the second compiler would take, two processors lack.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(arguments));
    return command;
  }

  private Map<String, String> member(String name) {
    int port = FreePorts.next();
    members.add(LOOPBACK + ":" + port);
    Map<String, String> environment = common(name);
    environment.put("FUNLESS_CLUSTER_HOST", LOOPBACK);
    environment.put("FUNLESS_CLUSTER_PORT", Integer.toString(port));
    environment.put("FUNLESS_CLUSTER_MEMBERS", String.join(",", members));
    environment.putAll(memberSettings);
    return environment;
  }

  private Map<String, String> common(String name) {
    Map<String, String> environment = new HashMap<>();
    environment.put("FUNLESS_NODE_NAME", name);
    environment.put("FUNLESS_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    environment.put("FUNLESS_CLUSTER_NAME", "test-" + databasePort);
    return environment;
  }

  /** Waits until all nodes that run serve, and the cores that run see the workers that run. */
  void awaitReady() {
    List<Node> running = nodes.values().stream().filter(Node::alive).toList();
    for (Node node : running) {
      Eventually.holds(node.name() + " serves", READY, () -> serves(node));
    }
    Set<String> workers =
        running.stream()
            .filter(node -> !isDatabase(node) && !isCore(node))
            .map(Node::name)
            .collect(Collectors.toSet());
    for (Node core : running.stream().filter(Platform::isCore).toList()) {
      Eventually.holds(
          core.name() + " sees " + workers, READY, () -> workersSeenBy(core).equals(workers));
    }
  }

  private boolean serves(Node node) {
    if (!node.alive()) {
      throw new AssertionError(node.name() + " ended before it served\n" + node.tail());
    }
    return isDatabase(node)
        ? node.logged("database ready on port ")
        : Client.of(node.port()).get("/v1/ready").status() == 200;
  }

  /** Names of the workers that a core lists and that have reported to it. */
  Set<String> workersSeenBy(Node core) {
    Client.Answer answer = guest(core).get("/v1/workers");
    return answer.status() != 200
        ? Set.of()
        : answer.array().stream()
            .map(JsonObject.class::cast)
            .filter(worker -> worker.getBoolean("reported"))
            .map(worker -> worker.getString("name"))
            .collect(Collectors.toSet());
  }

  Node node(String name) {
    return Optional.ofNullable(nodes.get(name)).orElseThrow();
  }

  Node core() {
    return node("core1");
  }

  /** Asks {@code core1} with a user's token. */
  Client guest() {
    return guest(core());
  }

  Client guest(Node core) {
    return Client.of(core.port()).with(tokens().guest());
  }

  /** Asks {@code core1} with the admin's token. */
  Client admin() {
    return Client.of(core().port()).with(tokens().admin());
  }

  Tokens tokens() {
    return Tokens.read(folder.resolve("tokens"));
  }

  Path folder() {
    return folder;
  }

  /** What an application is told that joins this platform's bus. */
  Map<String, String> applicationEnvironment() {
    Map<String, String> environment = member("application");
    environment.put("FUNLESS_DATA_DIR", folder.toString());
    return environment;
  }

  /** Where a worker keeps code. */
  Path codeFolder(String worker) {
    return folder.resolve(worker).resolve("code");
  }

  /** The database's processes: its JVM, the server, and the server's own. */
  List<ProcessHandle> databaseServer() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("database/postmaster.pid"));
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).stream()
          .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The last lines of every log. */
  String tails() {
    return nodes.values().stream().map(Node::tail).collect(Collectors.joining());
  }

  /** Forgets a node that was ended. */
  void remove(Node node) {
    node.end(STOP);
    nodes.remove(node.name());
  }

  /** Stops all; logs stay. */
  @Override
  public void close() throws IOException {
    for (Node node : nodes.values()) {
      if (node.alive() && !isDatabase(node)) {
        node.thaw();
        node.terminate();
      }
    }
    List<ProcessHandle> server = databaseServer();
    nodes.values().stream().filter(node -> !isDatabase(node)).forEach(node -> node.end(STOP));
    Optional.ofNullable(nodes.get("db")).ifPresent(node -> node.end(STOP));
    server.forEach(ProcessHandle::destroyForcibly);
    delete(folder.resolve("database"));
    delete(folder.resolve("postgres"));
    delete(folder.resolve("jars"));
  }

  private static boolean isDatabase(Node node) {
    return node.name().equals("db");
  }

  private static boolean isCore(Node node) {
    return node.name().startsWith("core");
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
