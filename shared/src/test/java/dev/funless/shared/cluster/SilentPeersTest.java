package dev.funless.shared.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.config.ClusterConfig;
import dev.funless.shared.config.NodeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SilentPeersTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final String name = "test-" + UUID.randomUUID();

  @Test
  void aConfiguredMemberThatAnswersNothingBurnsNoProcessorAndSplitsNobody() throws Exception {
    int port = freePort();
    // As a frozen process: the kernel accepts for it, and nobody reads.
    try (ServerSocket frozen = new ServerSocket(0, 50, LOOPBACK)) {
      String known = "127.0.0.1:" + port;
      Cluster first = join("first", port, List.of(known));
      Cluster second =
          join("second", freePort(), List.of(known, "127.0.0.1:" + frozen.getLocalPort()));
      try {
        long before = writingNanos();
        Thread.sleep(SILENCE.multipliedBy(4));
        long used = writingNanos() - before;

        assertTrue(
            used < SILENCE.toNanos() / 3, used / 1_000_000 + " ms were spent on writing nothing");
        assertEquals(2, first.nodes(Role.CORE).size());
        assertEquals(2, second.nodes(Role.CORE).size());
      } finally {
        second.leave().await(30, TimeUnit.SECONDS);
        first.leave().await(30, TimeUnit.SECONDS);
      }
    }
  }

  /** Processor time of all threads that write to other members. */
  private static long writingNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().contains("IO.thread-out")) {
        nanos += Math.max(0, threads.getThreadCpuTime(thread.threadId()));
      }
    }
    return nanos;
  }

  private Cluster join(String node, int port, List<String> members) {
    return Cluster.join(
        new ClusterConfig(name, "127.0.0.1", port, 0, members, SILENCE),
        Role.CORE,
        new NodeConfig(node, "", "", Path.of("unused"), 0),
        Vertx.builder(),
        new VertxOptions());
  }

  /** Below the range of outgoing connections, so that it is still free when it is wanted. */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (ServerSocket socket = new ServerSocket(port, 1, LOOPBACK)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Another one then.
      }
    }
  }
}
