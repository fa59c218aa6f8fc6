package dev.funless.core.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.schedule.Explanation;
import dev.funless.core.schedule.Worker;
import dev.funless.shared.cluster.Cluster.Node;
import dev.funless.shared.cluster.Cluster.Role;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.shared.protocol.message.LoadedList;
import dev.funless.shared.protocol.message.WorkerReport.Activity;
import dev.funless.shared.protocol.message.WorkerReport.Idle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkerRegistryTest {

  private static final long SECOND = 1_000_000_000L;
  private static final FunctionSpec FUNCTION = Specs.needing(100);

  private final WorkerRegistry registry =
      new WorkerRegistry("core", Duration.ofSeconds(3), 3, 1_000);

  @Test
  void aWorkerIsACandidateFromTheMomentItJoins() {
    join("w");

    assertEquals(1, candidates(0).size());
    assertFalse(candidates(0).getFirst().reported());
    assertFalse(registry.anyReported(0));
    assertTrue(registry.anyLive(0));
  }

  @Test
  void aReportFillsTheSnapshot() {
    join("w");
    assertTrue(registry.reported(Reports.of("w", 500, 0), 0));

    Worker worker = only();
    assertTrue(worker.reported());
    assertEquals(500, worker.memoryAvailableBytes());
    assertEquals(2, worker.places());
    assertEquals(1, worker.running());
    assertEquals(3, worker.queued());
    assertTrue(registry.anyReported(0));
  }

  @Test
  void whatWasSentIsTakenOffUntilItIsBack() {
    joinWith(500);
    Reservation first = registry.reserve("w", FUNCTION, 10);
    Reservation second = registry.reserve("w", FUNCTION, 10);

    assertEquals(300, only().memoryAvailableBytes());
    assertEquals(2, only().sent());
    first.release();
    assertEquals(400, only().memoryAvailableBytes());
    second.release();
    assertEquals(500, only().memoryAvailableBytes());
    assertEquals(0, only().sent());
  }

  @Test
  void availableMemoryIsNeverNegative() {
    joinWith(50);
    registry.reserve("w", FUNCTION, 10);

    assertEquals(0, only().memoryAvailableBytes());
  }

  @Test
  void aReportClearsTheCorrections() {
    joinWith(500);
    Reservation before = registry.reserve("w", FUNCTION, 10);
    registry.reported(Reports.of("w", 400, 0), 0);
    Reservation after = registry.reserve("w", FUNCTION, 10);

    assertEquals(300, only().memoryAvailableBytes());
    before.release();
    assertEquals(300, only().memoryAvailableBytes(), "the report has it, not the correction");
    after.release();
    assertEquals(400, only().memoryAvailableBytes());
  }

  @Test
  void releasingTwiceGivesBackOnce() {
    joinWith(500);
    Reservation one = registry.reserve("w", FUNCTION, 10);
    registry.reserve("w", FUNCTION, 10);

    one.release();
    one.release();

    assertEquals(400, only().memoryAvailableBytes());
    assertEquals(1, only().sent());
  }

  @Test
  void aReservationOfAWorkerThatLeftDoesNotTouchItsSuccessor() {
    joinWith(500);
    Reservation old = registry.reserve("w", FUNCTION, 10);
    registry.left(node("w"));
    joinWith(500);
    registry.reserve("w", FUNCTION, 10);

    old.release();

    assertEquals(1, only().sent());
    assertEquals(400, only().memoryAvailableBytes());
  }

  @Test
  void boundsCallsInFlightToAWorker() {
    joinWith(500);
    Reservation first = registry.reserve("w", FUNCTION, 1);
    registry.reserve("w", FUNCTION, 1);
    assertEquals(1, candidates(0).size());
    registry.reserve("w", FUNCTION, 1);
    assertTrue(candidates(0).isEmpty());

    first.release();

    assertEquals(1, candidates(0).size());
  }

  @Test
  void boundsBytesInFlightToAWorker() {
    joinWith(500);
    Reservation reservation = registry.reserve("w", FUNCTION, 900);

    assertEquals(1, registry.candidates(Set.of(), 100, 0, Explanation.UNWANTED).size());
    assertTrue(registry.candidates(Set.of(), 101, 0, Explanation.UNWANTED).isEmpty());
    reservation.release();
    assertEquals(1, registry.candidates(Set.of(), 1_000, 0, Explanation.UNWANTED).size());
  }

  @Test
  void leavesOutThoseThatAreExcluded() {
    join("a");
    join("b");

    List<Worker> candidates = registry.candidates(Set.of("a"), 1, 0, Explanation.UNWANTED);

    assertEquals(List.of("b"), candidates.stream().map(Worker::id).toList());
  }

  @Test
  void aWorkerThatFallsSilentIsPassedOverUntilItReportsAgain() {
    joinWith(500);

    assertEquals(1, candidates(3 * SECOND).size());
    assertTrue(candidates(3 * SECOND + 1).isEmpty());
    assertEquals(List.of("w"), registry.silent(3 * SECOND + 1));
    assertFalse(registry.anyLive(4 * SECOND));
    assertFalse(registry.anyReported(4 * SECOND));
    assertTrue(registry.views(4 * SECOND).isEmpty());

    registry.reported(Reports.of("w", 500, 0), 5 * SECOND);
    assertEquals(1, candidates(6 * SECOND).size());
    assertTrue(registry.silent(6 * SECOND).isEmpty());
  }

  @Test
  void whoHasNeverReportedIsNotSilent() {
    join("w");

    assertTrue(registry.silent(100 * SECOND).isEmpty());
  }

  @Test
  void reportsOfUnknownWorkersArePassedOver() {
    assertTrue(registry.reported(Reports.of("gone", 1, 5), 0));
    assertTrue(registry.loadedChanged(change("gone", 7, "x")));
    registry.loaded("gone", new LoadedList(1, List.of()));

    assertTrue(candidates(0).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> registry.reserve("gone", FUNCTION, 1));
  }

  @Test
  void followsWhatIsLoaded() {
    join("w");
    assertTrue(registry.loadedChanged(change("w", 1, "x", "y")));
    assertTrue(registry.loadedChanged(new LoadedChanged("w", 2, List.of("z"), List.of("x"))));

    assertEquals(Set.of("y", "z"), loaded());
  }

  @Test
  void aGapInTheSequenceAsksForTheWholeList() {
    join("w");
    assertTrue(registry.loadedChanged(change("w", 1, "x")));
    assertFalse(registry.loadedChanged(change("w", 3, "z")));
    assertEquals(Set.of("x"), loaded(), "nothing is taken in out of order");

    registry.loaded("w", new LoadedList(3, List.of("y", "z")));
    assertEquals(Set.of("y", "z"), loaded());
    assertTrue(registry.loadedChanged(change("w", 4, "v")));
    assertEquals(Set.of("v", "y", "z"), loaded());
  }

  @Test
  void whatIsOldChangesNothing() {
    join("w");
    registry.loaded("w", new LoadedList(5, List.of("x")));

    assertTrue(registry.loadedChanged(change("w", 5, "old")));
    registry.loaded("w", new LoadedList(4, List.of("older")));

    assertEquals(Set.of("x"), loaded());
  }

  @Test
  void aReportTellsThatChangesWereMissed() {
    join("w");

    assertFalse(registry.reported(Reports.of("w", 1, 2), 0));
    registry.loaded("w", new LoadedList(2, List.of()));
    assertTrue(registry.reported(Reports.of("w", 1, 2), 0));
  }

  @Test
  void joiningTwiceKeepsWhatIsKnown() {
    joinWith(500);
    join("w");

    assertTrue(only().reported());
  }

  @Test
  void countsItsOwnCallsAndOtherCoresAsReported() {
    join("w");
    registry.reported(Reports.with("w", activity("core", "own", 7), activity("other", "x", 2)), 0);
    registry.reserve("w", Specs.tagged("mine"), 1);

    assertEquals(3, only().calls(), "one sent, two of the other core's");
    assertTrue(only().has("mine"));
    assertTrue(only().has("x"));
    assertFalse(only().has("own"), "what this core has got back is over, whatever a report says");
  }

  @Test
  void aTagIsThereAsLongAsOneCallHasIt() {
    joinWith(500);
    Reservation first = registry.reserve("w", Specs.tagged("t"), 1);
    Reservation second = registry.reserve("w", Specs.tagged("t"), 1);
    first.release();
    assertTrue(only().has("t"));

    second.release();
    assertFalse(only().has("t"));
    assertEquals(0, only().calls());
  }

  @Test
  void instancesThatWaitAreTakenByWhatIsSent() {
    join("w");
    registry.reported(Reports.idle("w", new Idle(Specs.SHA256, 1)), 0);
    assertEquals(1, only().idleInstances(Specs.SHA256));
    Reservation first = registry.reserve("w", FUNCTION, 1);
    registry.reserve("w", FUNCTION, 1);
    assertEquals(0, only().idleInstances(Specs.SHA256));
    assertEquals(0, only().idleInstances("another"));

    registry.reported(Reports.idle("w", new Idle(Specs.SHA256, 1)), 0);
    assertEquals(1, only().idleInstances(Specs.SHA256), "as reported");
    first.release();
    assertEquals(1, only().idleInstances(Specs.SHA256), "what was sent before is in the report");
  }

  @Test
  void saysWhoIsLeftOut() {
    joinWith(500);
    registry.joined(new Node("busy", Role.WORKER, "b", "", ""));
    for (int i = 0; i < 3; i++) {
      registry.reserve("busy", FUNCTION, 1);
    }
    registry.joined(new Node("refused", Role.WORKER, "c", "", ""));
    Explanation explanation = Explanation.asked();

    assertTrue(registry.candidates(Set.of("refused"), 1, 4 * SECOND, explanation).isEmpty());

    assertEquals(
        List.of(
            "b: has as many calls, or bytes of arguments, from this core as it may have",
            "c: has refused the call, or was lost before it had started it",
            "name of w: has fallen silent"),
        explanation.verdicts().stream().map(v -> v.worker() + ": " + v.reason()).toList());
  }

  @Test
  void knowsTheZonesOfTheCoresThatAreThere() {
    Node core = new Node("1", Role.CORE, "core1", "", "north");
    registry.joined(core);
    assertEquals(Optional.of("north"), registry.zoneOfCore("core1"));
    assertTrue(registry.views(0).isEmpty(), "a core is no worker");

    registry.left(core);
    assertEquals(Optional.empty(), registry.zoneOfCore("core1"));
  }

  @Test
  void knowsTheZoneOfACoreThatWasStartedAgainBeforeItsOldRunHasLeft() {
    Node old = new Node("1", Role.CORE, "core1", "", "north");
    registry.joined(old);
    registry.joined(new Node("2", Role.CORE, "core1", "", "south"));
    assertEquals(Optional.of("south"), registry.zoneOfCore("core1"));

    registry.left(old);

    assertEquals(Optional.of("south"), registry.zoneOfCore("core1"));
  }

  private static Activity activity(String coreId, String tag, int running) {
    return new Activity(coreId, Specs.ID, tag, running, 0);
  }

  @Test
  void showsWorkersByName() {
    registry.joined(new Node("1", Role.WORKER, "b", "t", "z"));
    registry.joined(new Node("2", Role.WORKER, "a", "", ""));
    registry.reserve("1", FUNCTION, 1);

    List<WorkerView> views = registry.views(0);

    assertEquals(List.of("a", "b"), views.stream().map(WorkerView::name).toList());
    assertEquals(1, views.getLast().sent());
  }

  /** Of all that the tests speak of. */
  private Set<String> loaded() {
    return Stream.of("v", "x", "y", "z", "old", "older")
        .filter(only()::hasLoaded)
        .collect(Collectors.toSet());
  }

  private static LoadedChanged change(String workerId, long sequence, String... loaded) {
    return new LoadedChanged(workerId, sequence, List.of(loaded), List.of());
  }

  private void joinWith(long availableBytes) {
    join("w");
    registry.reported(Reports.of("w", availableBytes, 0), 0);
  }

  private void join(String id) {
    registry.joined(node(id));
  }

  private static Node node(String id) {
    return new Node(id, Role.WORKER, "name of " + id, "", "");
  }

  private Worker only() {
    assertEquals(1, candidates(0).size());
    return candidates(0).getFirst();
  }

  private List<Worker> candidates(long nowNanos) {
    return registry.candidates(Set.of(), 1, nowNanos, Explanation.UNWANTED);
  }
}
