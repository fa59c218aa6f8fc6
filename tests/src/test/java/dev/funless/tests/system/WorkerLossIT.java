package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import dev.funless.tests.system.Platform.WorkerPlace;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that die, freeze or are full. Each of them runs one call, and three wait. */
class WorkerLossIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.embattled();

  private static final int WORKERS = Platform.WORKERS.size();
  private static final int PER_WORKER = 4;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void deploy() {
    Client client = PLATFORM.get().guest();
    if (client.get("/v1/fn/_/doze").status() == 404) {
      client.deploy("doze", "sleep");
      client.deploy("reply", "echo-wat");
    }
  }

  @BeforeEach
  @AfterEach
  void allWorkersServe() {
    for (WorkerPlace place : Platform.WORKERS) {
      Node worker = platform.node(place.name());
      if (worker.alive()) {
        worker.thaw();
      } else {
        worker.start();
      }
    }
    platform.awaitReady();
    Eventually.holds(
        "no call is left", SOON, () -> figure("sent").values().stream().allMatch(n -> n == 0));
  }

  @Test
  void aKilledWorkerFailsTheCallItRanAndOthersRunThoseThatWaitedThere() {
    List<CompletableFuture<Answer>> calls = dozing(2 * WORKERS, 4_000);
    Eventually.holds("one runs and one waits on each", SOON, () -> waitingEverywhere(1));

    platform.node("beta").kill();
    long killed = System.nanoTime();
    CompletableFuture<Object> firstFailure =
        CompletableFuture.anyOf(
            calls.stream().map(WorkerLossIT::whenFailed).toArray(CompletableFuture<?>[]::new));
    Answer lost = (Answer) firstFailure.join();
    Duration took = Duration.ofNanos(System.nanoTime() - killed);

    assertEquals(502, lost.status(), lost.toString());
    assertEquals("worker_lost", lost.error());
    assertEquals("beta", lost.worker());
    assertTrue(lost.detail().startsWith("The worker beta was lost"), lost.detail());
    assertTrue(took.toMillis() < 3_000, "the failure came after " + took);
    List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
    assertEquals(1, answers.stream().filter(answer -> answer.status() == 502).count());
    assertEquals(
        calls.size() - 1, answers.stream().filter(answer -> answer.status() == 200).count());
    assertTrue(
        answers.stream().filter(a -> a.status() == 200).noneMatch(a -> a.worker().equals("beta")));
    for (int i = 0; i < 10; i++) {
      Answer later = client.invoke("reply", new JsonObject());
      assertEquals(200, later.status(), later.toString());
      assertNotEquals("beta", later.worker());
    }
  }

  @Test
  void aFrozenWorkersCallsFailWithinSecondsAndItComesBackOnceThawed() {
    List<CompletableFuture<Answer>> calls = dozing(WORKERS, 2_000);
    Eventually.holds(
        "one runs on each", SOON, () -> figure("running").values().stream().allMatch(n -> n == 1));
    Node gamma = platform.node("gamma");

    gamma.freeze();
    long frozen = System.nanoTime();
    List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
    Duration took = Duration.ofNanos(System.nanoTime() - frozen);

    List<Answer> failed = answers.stream().filter(answer -> answer.status() != 200).toList();
    assertEquals(1, failed.size(), answers.toString());
    assertEquals(502, failed.getFirst().status());
    assertEquals("worker_lost", failed.getFirst().error());
    assertEquals("gamma", failed.getFirst().worker());
    assertTrue(took.toSeconds() < 10, "the failure came after " + took);
    assertFalse(platform.workersSeenBy(platform.core()).contains("gamma"));
    for (int i = 0; i < 6; i++) {
      Answer later = client.invoke("reply", new JsonObject());
      assertEquals(200, later.status(), later.toString());
      assertNotEquals("gamma", later.worker());
    }

    // Longer than the cluster's patience with a silent member: it has to join again.
    Eventually.pause(Duration.ofSeconds(5));
    gamma.thaw();
    Eventually.holds("gamma runs calls again", Duration.ofSeconds(40), this::gammaRuns);
  }

  private boolean gammaRuns() {
    return dozing(WORKERS, 300).stream()
        .map(CompletableFuture::join)
        .anyMatch(answer -> answer.status() == 200 && answer.worker().equals("gamma"));
  }

  @Test
  void withoutAnyLiveWorkerACallIs503() {
    Platform.WORKERS.forEach(place -> platform.node(place.name()).freeze());
    Eventually.holds(
        "the core has noticed", SOON, () -> platform.workersSeenBy(platform.core()).isEmpty());

    Answer answer = client.invoke("reply", new JsonObject());

    Platform.WORKERS.forEach(place -> platform.node(place.name()).thaw());
    assertEquals(503, answer.status());
    assertEquals("no_worker", answer.error());
    assertEquals("1", answer.header("Retry-After"));
    assertEquals("No worker is there to run the function.", answer.detail());
    assertEquals("", answer.worker());
    Eventually.holds(
        "calls run again",
        Duration.ofSeconds(40),
        () -> client.invoke("reply", new JsonObject()).status() == 200);
  }

  @Test
  void oneCallMoreThanAllWorkersTakeIs503() {
    List<CompletableFuture<Answer>> calls = dozing(WORKERS * PER_WORKER, 1_000);
    Eventually.holds("three wait on each", SOON, () -> waitingEverywhere(PER_WORKER - 1));

    Answer answer = client.invoke("reply", new JsonObject());

    assertEquals(503, answer.status(), answer.toString());
    assertEquals("busy", answer.error());
    assertEquals("1", answer.header("Retry-After"));
    assertEquals("All workers are busy; try again later.", answer.detail());
    calls.forEach(call -> assertEquals(200, call.join().status(), call.join().toString()));
    assertEquals(200, client.invoke("reply", new JsonObject()).status());
  }

  private static CompletableFuture<Answer> whenFailed(CompletableFuture<Answer> call) {
    CompletableFuture<Answer> failed = new CompletableFuture<>();
    var _ =
        call.thenAccept(
            answer -> {
              if (answer.status() != 200) {
                failed.complete(answer);
              }
            });
    return failed.orTimeout(30, TimeUnit.SECONDS);
  }

  private List<CompletableFuture<Answer>> dozing(int calls, int millis) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> client.invokeLater("doze", new JsonObject().put("ms", millis)))
        .toList();
  }

  private boolean waitingEverywhere(int calls) {
    Map<String, Integer> queued = figure("queued");
    return queued.size() == WORKERS && queued.values().stream().allMatch(n -> n == calls);
  }

  /** A figure of each worker's, by its name. */
  private Map<String, Integer> figure(String key) {
    Set<String> own = Set.of("sent", "loaded");
    return client.get("/v1/workers").array().stream()
        .map(JsonObject.class::cast)
        .collect(
            Collectors.toMap(
                worker -> worker.getString("name"),
                worker ->
                    own.contains(key)
                        ? worker.getInteger(key)
                        : worker
                            .getJsonObject("invocations", new JsonObject())
                            .getInteger(key, 0)));
  }
}
