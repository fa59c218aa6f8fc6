package dev.funless.core.event;

import static dev.funless.core.event.TestCore.finish;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.NewConnectors;
import dev.funless.core.database.TestDatabase;
import dev.funless.core.event.EventSource.Ending;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cores that share events, on one real database. */
class EventVerticleTest {

  private static final FunctionId F = new FunctionId("_", "f");
  private static final byte[] ARGS = "{}".getBytes(StandardCharsets.UTF_8);

  private record Node(TestCore core, ProbeType probe) {}

  private final List<Node> nodes = new ArrayList<>();
  private final AtomicInteger cores = new AtomicInteger();
  private PgConnectOptions server;

  @BeforeEach
  void database() throws Exception {
    server = TestCore.database();
  }

  @AfterEach
  void close() throws Exception {
    for (Node node : nodes) {
      node.core.close();
    }
  }

  private Node start() throws Exception {
    cores.incrementAndGet();
    ProbeType probe = new ProbeType();
    Node node = new Node(new TestCore("core" + nodes.size(), server, cores, List.of(probe)), probe);
    nodes.add(node);
    return node;
  }

  private static NewConnectors events(String... names) {
    return new NewConnectors(
        Optional.of(
            Stream.of(names)
                .map(
                    name ->
                        new NewConnector(
                            "probe", TestCore.JSON.stored(new ProbeType.Parameters(name))))
                .toList()),
        Optional.of(List.of()));
  }

  private static void create(Node node, FunctionId id, String... names) throws Exception {
    finish(
        node.core.catalog.createFunction(id, TestCore.CODE, FunctionMetadata.NONE, events(names)));
  }

  private static String[] names(int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(i -> "e" + i).toArray(String[]::new);
  }

  private int open() {
    return nodes.stream().mapToInt(node -> node.probe.open.size()).sum();
  }

  private static Trigger only(Node node) {
    return node.probe.open.values().iterator().next();
  }

  private String column(String column) throws Exception {
    return TestDatabase.query(server, "select " + column + " from event");
  }

  @Test
  void aNewEventIsOpenedAtOnceAndItsStateIsKept() throws Exception {
    Node node = start();
    EventStates states =
        new EventStates(
            node.core.vertx,
            node.core.database,
            StandingEvents.following(
                node.core.catalog::snapshot,
                new dev.funless.core.connector.ConnectorTypes<>(
                    "events", TestCore.JSON, List.of(node.probe))),
            id -> "name of " + id);

    create(node, F, "good", "bad");

    List<EventState> settled = finish(states.settled(F, 2));
    assertTrue(settled.get(0).isConnected());
    assertEquals("name of core0", settled.get(0).core());
    assertEquals("It does not work.", settled.get(1).detail());
    assertEquals("core0", column("owner"));
    assertEquals("1", column("fence"));
    assertEquals(1, node.core.meters.find("funless.events.connected").gauge().value());
  }

  @Test
  void invokesTheFunctionWhateverItIsCalledByNow() throws Exception {
    Node node = start();
    create(node, F, "e");
    await().until(() -> open() == 1);
    Trigger trigger = only(node);

    node.core.onLoop(() -> trigger.invoke(ARGS));
    finish(
        node.core.catalog.updateFunction(
            F,
            Optional.empty(),
            "renamed",
            Optional.empty(),
            Optional.empty(),
            NewConnectors.NONE));
    node.core.onLoop(() -> trigger.invoke(ARGS));

    assertEquals(
        List.of(F, new FunctionId("_", "renamed")),
        node.core.invoked.stream().map(request -> request.function()).toList());
    assertEquals(2, node.core.count("funless.events.messages", "outcome", "invoked"));
  }

  @Test
  void coresShareNewEventsEvenlyAndEachHasOneOwner() throws Exception {
    Node a = start();
    Node b = start();
    Node c = start();

    create(a, F, names(9));

    await().atMost(Duration.ofSeconds(5)).until(() -> open() == 9);
    for (Node node : nodes) {
      assertEquals(3, node.probe.open.size(), node.core.id);
    }
    Thread.sleep(2_500);
    assertEquals(9, open());
    assertEquals(9, a.probe.triggers.size() + b.probe.triggers.size() + c.probe.triggers.size());
  }

  @Test
  void aCoreTakesMoreThanItsShareOfWhatNobodyTakes() throws Exception {
    cores.set(1); // Somebody who is in the cluster and takes nothing.
    Node node = start();

    create(node, F, names(4));

    await().atMost(Duration.ofSeconds(3)).until(() -> open() == 2);
    await().between(Duration.ofSeconds(5), Duration.ofSeconds(14)).until(() -> open() == 4);
  }

  @Test
  void theEventsOfAKilledCoreAreTakenOverWithinSeconds() throws Exception {
    Node killed = start();
    create(killed, F, names(3));
    await().until(() -> open() == 3);
    Node other = start();
    nodes.remove(killed);

    killed.core.close();
    cores.set(1);

    await().atMost(Duration.ofSeconds(8)).until(() -> other.probe.open.size() == 3);
    assertEquals("2", column("min(fence)"));
  }

  @Test
  void aCoreThatStopsInOrderGivesItsEventsUpAtOnce() throws Exception {
    Node stopping = start();
    create(stopping, F, names(3));
    await().until(() -> open() == 3);
    Node other = start();

    finish(stopping.core.events.close());
    cores.set(1);

    assertEquals(List.of(Ending.HANDED_ON), stopping.probe.endings.stream().distinct().toList());
    await().atMost(Duration.ofMillis(2_500)).until(() -> other.probe.open.size() == 3);
  }

  @Test
  void aFrozenCoreHasLostItsEventsWhenItThaws() throws Exception {
    Node frozen = start();
    create(frozen, F, "e");
    await().until(() -> open() == 1);
    Trigger old = only(frozen);
    Node other = start();
    cores.set(1);

    frozen.core.freeze(9_000);
    // The first things that happen when it thaws: they were queued before any timer could fire.
    Promise<InvokeAnswer> invoked = Promise.promise();
    Promise<Void> progress = Promise.promise();
    frozen.core.vertx.runOnContext(
        _ -> {
          invoked.handle(old.invoke(ARGS));
          progress.handle(old.progress("late"));
        });

    await().atMost(Duration.ofSeconds(8)).until(() -> other.probe.open.size() == 1);
    assertFalse(invoked.future().isComplete(), "it is frozen still");
    assertThrows(FailureException.class, () -> finish(invoked.future()));
    assertThrows(FailureException.class, () -> finish(progress.future()));
    assertTrue(frozen.core.invoked.isEmpty());
    await().atMost(Duration.ofSeconds(2)).until(() -> frozen.probe.open.isEmpty());
    assertEquals(List.of(Ending.LOST), frozen.probe.endings);
    assertEquals("core1", column("owner"));
    assertEquals("", column("progress"));
  }

  @Test
  void anAnswerThatComesAfterTheLeaseIsNotToBeAcknowledged() throws Exception {
    Node node = start();
    create(node, F, "e");
    await().until(() -> open() == 1);
    Promise<InvokeAnswer> running = Promise.promise();
    node.core.answers = _ -> running.future();
    Trigger trigger = only(node);
    Promise<InvokeAnswer> answer = Promise.promise();
    node.core.vertx.runOnContext(_ -> trigger.invoke(ARGS).onComplete(answer));
    await().until(() -> node.core.invoked.size() == 1);

    node.core.freeze(4_500);
    node.core.vertx.runOnContext(_ -> running.complete(TestCore.ok(node.core.invoked.getFirst())));

    assertThrows(FailureException.class, () -> finish(answer.future()));
  }

  @Test
  void aCoreWithoutItsDatabaseClosesItsEventsBeforeOthersMayTakeThem() throws Exception {
    Node cut = start();
    create(cut, F, "e");
    await().until(() -> open() == 1);
    Trigger trigger = only(cut);

    finish(cut.core.database.close());

    await().atMost(Duration.ofMillis(4_900)).until(() -> cut.probe.open.isEmpty());
    assertThrows(FailureException.class, () -> cut.core.onLoop(() -> trigger.invoke(ARGS)));
  }

  @Test
  void whatAnOldOwnerWritesDoesNotCount() throws Exception {
    Node node = start();
    create(node, F, "e");
    await().until(() -> open() == 1);
    Trigger trigger = only(node);
    node.core.onLoop(() -> trigger.progress("first"));
    assertEquals("first", column("progress"));

    TestDatabase.execute(server, "update event set fence = fence + 1, owner = 'else'");

    assertThrows(FailureException.class, () -> node.core.onLoop(() -> trigger.progress("second")));
    assertEquals("first", column("progress"));
    await().atMost(Duration.ofSeconds(2)).until(() -> node.probe.open.isEmpty());
  }

  @Test
  void progressOutlivesItsOwner() throws Exception {
    Node first = start();
    create(first, F, "e");
    await().until(() -> open() == 1);
    first.core.onLoop(() -> only(first).progress("so far"));

    finish(first.core.events.close());
    Node second = start();

    await().atMost(Duration.ofSeconds(8)).until(() -> second.probe.open.size() == 1);
    assertEquals("so far", only(second).progress());
  }

  @Test
  void nothingRunsForAFunctionThatIsGone() throws Exception {
    Node owner = start();
    create(owner, F, "e");
    await().until(() -> open() == 1);
    Trigger trigger = only(owner);
    EventsClosed closed =
        new EventsClosed(owner.core.vertx, owner.core.bus, () -> List.of("core0"));
    var before = List.of(owner.core.catalog.snapshot().function(F).orElseThrow());

    finish(owner.core.catalog.deleteFunction(F, Optional.empty()));
    finish(closed.of(before));

    assertEquals(List.of(Ending.REMOVED), owner.probe.endings);
    assertThrows(FailureException.class, () -> owner.core.onLoop(() -> trigger.invoke(ARGS)));
    assertTrue(owner.core.invoked.isEmpty());
  }

  @Test
  void aCoreThatDoesNotAnswerIsWaitedForUntilItsLeasesAreOver() throws Exception {
    Node node = start();
    create(node, F, "e");
    EventsClosed closed =
        new EventsClosed(node.core.vertx, node.core.bus, () -> List.of("core0", "gone"));
    long started = System.nanoTime();

    finish(closed.of(List.of(node.core.catalog.snapshot().function(F).orElseThrow())));

    assertTrue(System.nanoTime() - started > Duration.ofMillis(4_500).toNanos());
    finish(closed.of(List.of()));
  }

  @Test
  void newEventsOfAFunctionReplaceTheOldOnes() throws Exception {
    Node node = start();
    create(node, F, "old");
    await().until(() -> open() == 1);
    long old = only(node).eventId();

    finish(
        node.core.catalog.updateFunction(
            F, Optional.empty(), "f", Optional.empty(), Optional.empty(), events("new")));

    await().atMost(Duration.ofMillis(900)).until(() -> !node.probe.open.containsKey(old));
    await().atMost(Duration.ofMillis(900)).until(() -> open() == 1);
    assertEquals(List.of(Ending.REMOVED), node.probe.endings);
  }

  @Test
  void aFunctionThatCannotBeInvokedNowIsAFailureOfTheCall() throws Exception {
    Node node = start();
    create(node, F, "e");
    await().until(() -> open() == 1);
    node.core.answers = _ -> Future.failedFuture(new IllegalStateException("busy"));

    assertThrows(
        IllegalStateException.class, () -> node.core.onLoop(() -> only(node).invoke(ARGS)));
  }
}
