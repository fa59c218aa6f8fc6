package dev.funless.shared.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.cluster.Cluster;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.config.ClusterConfig;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.protocol.message.PrepareRequest;
import dev.funless.shared.protocol.message.Prepared;
import dev.funless.shared.protocol.message.WorkerReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes in one JVM, joined as real ones are. */
class ClusteredBusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String NAME = "test-" + UUID.randomUUID();
  private static final PrepareRequest REQUEST = Samples.EXTREME.of(PrepareRequest.class);

  private static int firstPort;
  private static Cluster core;
  private static Cluster worker;
  private static Bus coreBus;
  private static Bus workerBus;

  @BeforeAll
  static void join() throws Exception {
    firstPort = freePort();
    core = join(Role.CORE, "core1", firstPort);
    worker = join(Role.WORKER, "worker1", freePort());
    coreBus = Bus.of(core.vertx());
    workerBus = Bus.of(worker.vertx());
  }

  @AfterAll
  static void leave() throws Exception {
    await(worker.leave());
    await(core.leave());
  }

  private static Address<PrepareRequest, Prepared> address(String workerId) {
    return Addresses.prepare(workerId);
  }

  @Test
  void requestsAndAnswersTravel() throws Exception {
    BlockingQueue<PrepareRequest> got = new LinkedBlockingQueue<>();
    Address<PrepareRequest, Prepared> address = address(worker.nodeId());
    String sha256 = Samples.EXTREME.of(Prepared.class).sha256();
    await(
        workerBus
            .serve(
                address,
                request -> {
                  got.add(request);
                  return Future.succeededFuture(new Prepared(sha256));
                })
            .ready());

    Prepared answer = await(coreBus.request(address, REQUEST, PATIENCE));

    assertEquals(sha256, answer.sha256());
    assertTrue(Samples.same(REQUEST, got.take()));
  }

  @Test
  void failuresTravel() throws Exception {
    Failure failure = new Failure(Category.FUNCTION_FAILED, "trap", "Error: 世界");
    Address<PrepareRequest, Prepared> address = address("failing");
    await(workerBus.serve(address, _ -> Future.failedFuture(failure.exception())).ready());

    assertEquals(failure, failure(coreBus.request(address, REQUEST, PATIENCE)));
  }

  @Test
  void defectsTravelAsInternalFailures() throws Exception {
    Address<PrepareRequest, Prepared> address = address("defective");
    await(
        workerBus
            .serve(
                address,
                _ -> {
                  throw new IllegalStateException("defect");
                })
            .ready());

    assertEquals(
        Category.INTERNAL, failure(coreBus.request(address, REQUEST, PATIENCE)).category());
  }

  @Test
  void publishedMessagesReachEveryNode() throws Exception {
    BlockingQueue<WorkerReport> told = new LinkedBlockingQueue<>();
    await(coreBus.listen(Addresses.WORKER_REPORTS, told::add).ready());
    await(workerBus.listen(Addresses.WORKER_REPORTS, told::add).ready());
    WorkerReport report = Samples.FULL.of(WorkerReport.class);

    workerBus.publish(Addresses.WORKER_REPORTS, report);

    assertEquals(report, told.poll(5, TimeUnit.SECONDS));
    assertEquals(report, told.poll(5, TimeUnit.SECONDS));
  }

  @Test
  void localRequestsStayOnTheNode() throws Exception {
    Address<PrepareRequest, Prepared> address = address("local");
    await(workerBus.serve(address, _ -> Future.succeededFuture(new Prepared(""))).ready());

    assertEquals("unreachable", failure(coreBus.requestLocal(address, REQUEST, PATIENCE)).code());
    assertNotNull(await(coreBus.request(address, REQUEST, PATIENCE)));
  }

  @Test
  void localConsumersAreNotSeenFromOtherNodes() throws Exception {
    Address<PrepareRequest, Prepared> address = address("hidden");
    await(workerBus.serveLocal(address, _ -> Future.succeededFuture(new Prepared(""))).ready());

    assertEquals("unreachable", failure(coreBus.request(address, REQUEST, PATIENCE)).code());
  }

  @Test
  void aRequestToANodeThatTakesNoConnectionEndsAtItsDeadline() throws Exception {
    Cluster third = join(Role.WORKER, "worker2", freePort());
    try {
      Address<PrepareRequest, Prepared> address = address(third.nodeId());
      await(
          Bus.of(third.vertx())
              .serve(address, _ -> Future.succeededFuture(new Prepared("")))
              .ready());
      // As after kill -9, until the cluster has noticed: its address is known, nobody is there.
      core.hazelcast()
          .getMap("__vertx.nodeInfo")
          .put(third.nodeId(), new HazelcastNodeInfo(new NodeInfo("127.0.0.1", freePort(), null)));

      assertEquals(
          "timeout", failure(coreBus.request(address, REQUEST, Duration.ofSeconds(1))).code());
    } finally {
      await(third.leave());
    }
  }

  @Test
  void tellsWhoComesAndGoes() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    core.watch(
        new Cluster.Watcher() {
          @Override
          public void joined(Node node) {
            seen.add("+" + node.role() + " " + node.name() + " " + node.tag() + node.zone());
          }

          @Override
          public void left(Node node) {
            seen.add("-" + node.id());
          }
        });
    await(seen, "+CORE core1 tagzone");

    Cluster third = join(Role.APPLICATION, "app", freePort());
    await(seen, "+APPLICATION app tagzone");

    await(third.leave());
    await(seen, "-" + third.nodeId());
  }

  private static void await(BlockingQueue<String> seen, String expected) throws Exception {
    String next = "";
    while (!next.equals(expected)) {
      next = seen.poll(10, TimeUnit.SECONDS);
      assertNotNull(next, () -> "not seen: " + expected);
    }
  }

  private static Cluster join(Role role, String name, int port) {
    return Cluster.join(
        new ClusterConfig(
            NAME, "127.0.0.1", port, 0, List.of("127.0.0.1:" + firstPort), Duration.ofSeconds(5)),
        role,
        new NodeConfig(name, "tag", "zone", Path.of("unused"), 0),
        Vertx.builder(),
        new VertxOptions().setEventLoopPoolSize(1));
  }

  /** Below the range of outgoing connections, so that it is still free when it is wanted. */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Another one then.
      }
    }
  }

  private static Failure failure(Future<?> future) {
    Exception e = assertThrows(Exception.class, () -> await(future));
    return assertInstanceOf(FailureException.class, e).failure();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }
}
