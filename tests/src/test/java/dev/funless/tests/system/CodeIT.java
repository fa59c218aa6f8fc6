package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import dev.funless.tests.system.Platform.WorkerPlace;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How code reaches the workers, is replaced and goes away. */
class CodeIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int MEBIBYTE = 1024 * 1024;

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void deploy() {
    PLATFORM.get().guest().deploy("small", "echo-wat");
  }

  @Test
  void everyWorkerHasTheCodeOnDiskWhenTheCreationIsAnswered() {
    byte[] code = Wasm.padded(Checkout.wasm("echo-c"), 1_000);

    client.deploy("on_disk", Form.of("on_disk", code));

    for (WorkerPlace worker : Platform.WORKERS) {
      assertTrue(Files.exists(codeFile(worker.name(), code)), worker.name());
    }
  }

  @Test
  void anUpdateReplacesTheCodeOnEveryWorkerAtOnce() {
    client.deploy("changing_code", "sleep");
    JsonObject nap = new JsonObject().put("ms", 200);
    assertEquals(Set.of("{\"slept_ms\":200}"), answersOfAllWorkers("changing_code", nap));

    byte[] echo = Checkout.wasm("echo-c");
    for (int version = 0; version < 3; version++) {
      byte[] next = Wasm.padded(echo, 100 + version);
      assertEquals(
          200, client.put("/v1/fn/_/changing_code", Form.of("changing_code", next)).status());

      Set<String> answers =
          IntStream.range(0, 12)
              .mapToObj(_ -> client.invokeLater("changing_code", nap))
              .toList()
              .stream()
              .map(call -> call.join().object().encode())
              .collect(Collectors.toSet());
      assertEquals(Set.of("{\"ms\":200}"), answers);
    }
  }

  @Test
  void anOldVersionGoesFromEveryDisk() {
    byte[] first = Wasm.padded(Checkout.wasm("echo-c"), 2_001);
    byte[] second = Wasm.padded(Checkout.wasm("echo-c"), 2_002);
    client.deploy("versions", Form.of("versions", first));

    assertEquals(200, client.put("/v1/fn/_/versions", Form.of("versions", second)).status());

    for (WorkerPlace worker : Platform.WORKERS) {
      assertTrue(Files.exists(codeFile(worker.name(), second)), worker.name());
      Eventually.holds(
          worker.name() + " has dropped it",
          SOON,
          () -> !Files.exists(codeFile(worker.name(), first)));
    }
  }

  @Test
  void aDeletedFunctionGoesFromEveryDiskUnlessAnotherHasTheSameCode() {
    byte[] own = Wasm.padded(Checkout.wasm("echo-c"), 3_001);
    byte[] common = Wasm.padded(Checkout.wasm("echo-c"), 3_002);
    client.deploy("own", Form.of("own", own));
    client.deploy("common_one", Form.of("common_one", common));
    client.deploy("common_two", Form.of("common_two", common));

    assertEquals(204, client.delete("/v1/fn/_/common_one").status());
    assertEquals(204, client.delete("/v1/fn/_/own").status());

    assertEquals(404, client.invoke("own", new JsonObject()).status());
    for (WorkerPlace worker : Platform.WORKERS) {
      Eventually.holds(
          worker.name() + " has dropped it",
          SOON,
          () -> !Files.exists(codeFile(worker.name(), own)));
      assertTrue(Files.exists(codeFile(worker.name(), common)), worker.name());
    }
    assertEquals(200, client.invoke("common_two", new JsonObject()).status());
    client.deploy("own", Form.of("own", own));
    assertEquals(200, client.invoke("own", new JsonObject()).status());
  }

  @Test
  void aWorkerThatJoinsLaterOrRestartsRunsEveryFunction() throws IOException {
    byte[] code = Wasm.padded(Checkout.wasm("sleep"), 4_001);
    client.deploy("wanderer", Form.of("wanderer", code));
    Node delta = platform.addWorker(new WorkerPlace("delta", "", ""));
    try {
      delta.start();
      platform.awaitReady();
      Set<String> all = Set.of("alpha", "beta", "gamma", "delta");
      assertEquals(all, workersThatRun("wanderer", all));

      // Its code is damaged while it is away, so it has to be fetched once more.
      delta.terminate();
      delta.awaitExit(Duration.ofSeconds(15));
      Path file = codeFile("delta", code);
      Files.write(file, new byte[] {1, 2, 3});
      delta.start();
      platform.awaitReady();
      assertEquals(all, workersThatRun("wanderer", all));
      Eventually.holds(
          "the damaged file is healed",
          SOON,
          () -> {
            try {
              return sha256(Files.readAllBytes(file)).equals(sha256(code));
            } catch (IOException e) {
              return false;
            }
          });
    } finally {
      platform.remove(delta);
      Eventually.holds(
          "the core has seen it leave",
          SOON,
          () -> !platform.workersSeenBy(platform.core()).contains("delta"));
    }
  }

  @Test
  void aLargeModuleReachesTheWorkersWithoutDelayingSmallCallsForLong() {
    byte[] large = Wasm.padded(Checkout.wasm("hello-c"), 40 * MEBIBYTE);

    CompletableFuture<Answer> upload =
        CompletableFuture.supplyAsync(() -> client.post("/v1/fn/_", Form.of("large", large)));
    long slowestNanos = 0;
    int calls = 0;
    while (!upload.isDone()) {
      long start = System.nanoTime();
      Answer answer = client.invoke("small", new JsonObject());
      slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
      assertEquals(200, answer.status(), answer.toString());
      calls++;
      Eventually.pause(Duration.ofMillis(5));
    }

    assertEquals("{\"data\":{\"name\":\"large\"}}", upload.join().body());
    assertTrue(calls > 0, "no call was made meanwhile");
    assertTrue(slowestNanos < 5_000_000_000L, "a small call took " + slowestNanos / 1e9 + " s");
    assertEquals(
        new JsonObject().put("payload", "Hello World!"),
        client.invoke("large", new JsonObject()).object());
    assertEquals(204, client.delete("/v1/fn/_/large").status());
  }

  @Test
  void whoDoesNotWaitForTheWorkersIsAnsweredWhileOneIsFrozen() {
    Node gamma = platform.node("gamma");
    gamma.freeze();
    long start = System.nanoTime();
    Answer answer;
    try {
      answer =
          client.post(
              "/v1/fn/_",
              Form.of("hurried", Wasm.padded(Checkout.wasm("echo-c"), 5_001))
                  .text("wait_for_workers", "false"));
    } finally {
      gamma.thaw();
    }

    assertEquals(201, answer.status());
    assertEquals("{\"data\":{\"name\":\"hurried\"}}", answer.body());
    assertTrue(System.nanoTime() - start < 2_500_000_000L, "it was waited for");
    assertEquals(200, client.invoke("hurried", new JsonObject()).status());
    platform.awaitReady();
  }

  private Set<String> answersOfAllWorkers(String function, JsonObject args) {
    return IntStream.range(0, 9).mapToObj(_ -> client.invokeLater(function, args)).toList().stream()
        .map(call -> call.join().object().encode())
        .collect(Collectors.toSet());
  }

  /** Invokes in bursts, which spread over the workers, until all have answered. */
  private Set<String> workersThatRun(String function, Set<String> expected) {
    Set<String> ran = new HashSet<>();
    JsonObject nap = new JsonObject().put("ms", 200);
    for (int burst = 0; burst < 10 && !ran.containsAll(expected); burst++) {
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 8).mapToObj(_ -> client.invokeLater(function, nap)).toList();
      for (CompletableFuture<Answer> call : calls) {
        assertEquals(200, call.join().status(), call.join().toString());
        ran.add(call.join().worker());
      }
    }
    return ran;
  }

  private Path codeFile(String worker, byte[] code) {
    return platform.codeFolder(worker).resolve(sha256(code) + ".wasm");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
