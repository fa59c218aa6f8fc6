package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeContractTest {

  @TempDir private Path temporary;

  @Test
  void everyNodeIsToldWhatItNeedsAndNothingElse() throws Exception {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"))) {
      Options options = new Options(false, 2, 2, 4000, data.folder());
      List<Integer> ports =
          IntStream.range(0, NodeContract.freePorts(options)).mapToObj(i -> 5000 + i).toList();
      List<NodeSpec> nodes =
          new NodeContract(new Layout(Path.of("/checkout"), Path.of("/jdk/bin/java")), data, 77)
              .nodes(options, ports);

      assertEquals(
          List.of("db", "core1", "core2", "worker1", "worker2"),
          nodes.stream().map(NodeSpec::name).toList());
      assertEquals(
          Map.of(
              "FUNLESS_NODE_NAME", "db",
              "FUNLESS_PARENT_PID", "77",
              "FUNLESS_CLUSTER_NAME", data.clusterName(),
              "FUNLESS_DATA_DIR", data.folder().toString(),
              "FUNLESS_DATABASE_PORT", "5000"),
          nodes.getFirst().environment());
      String members = "127.0.0.1:5001,127.0.0.1:5002,127.0.0.1:5003,127.0.0.1:5004";
      assertEquals(
          Map.of(
              "FUNLESS_NODE_NAME", "core2",
              "FUNLESS_PARENT_PID", "77",
              "FUNLESS_CLUSTER_NAME", data.clusterName(),
              "FUNLESS_DATA_DIR", data.folder().toString(),
              "FUNLESS_CLUSTER_HOST", "127.0.0.1",
              "FUNLESS_CLUSTER_PORT", "5002",
              "FUNLESS_CLUSTER_MEMBERS", members,
              "FUNLESS_HTTP_HOST", "127.0.0.1",
              "FUNLESS_HTTP_PORT", "4001",
              "FUNLESS_DATABASE_URI", "postgresql://postgres@127.0.0.1:5000/postgres"),
          nodes.get(2).environment());
      assertEquals(
          Map.of(
              "FUNLESS_NODE_NAME", "worker2",
              "FUNLESS_PARENT_PID", "77",
              "FUNLESS_CLUSTER_NAME", data.clusterName(),
              "FUNLESS_DATA_DIR", data.folder().resolve("worker2").toString(),
              "FUNLESS_CLUSTER_HOST", "127.0.0.1",
              "FUNLESS_CLUSTER_PORT", "5004",
              "FUNLESS_CLUSTER_MEMBERS", members,
              "FUNLESS_HTTP_HOST", "127.0.0.1",
              "FUNLESS_HTTP_PORT", "5006"),
          nodes.getLast().environment());
      assertTrue(
          String.join(" ", nodes.getLast().command())
              .endsWith("/jdk/bin/java @config/worker.jvm -jar " + Layout.WORKER_JAR));
    }
  }

  @Test
  void timeoutComesFromTheEnvironment() {
    assertEquals(Duration.ofMinutes(2), Timing.from(Map.of()).ready());
    assertEquals(Duration.ofSeconds(7), Timing.from(Map.of("FUNLESS_UP_TIMEOUT", "7")).ready());
    assertThrows(
        IllegalArgumentException.class, () -> Timing.from(Map.of("FUNLESS_UP_TIMEOUT", "soon")));
  }
}
