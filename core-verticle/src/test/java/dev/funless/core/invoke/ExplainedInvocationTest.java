package dev.funless.core.invoke;

import static dev.funless.shared.protocol.message.Decision.Outcome.CHOSEN;
import static dev.funless.shared.protocol.message.Decision.Outcome.PASSED_OVER;
import static dev.funless.shared.protocol.message.Decision.Outcome.RULED_OUT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.schedule.AppConfig;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.RoundRobinConfig;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Place;
import dev.funless.shared.protocol.message.Decision.Verdict;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decisions as those are told who ask for them, and as they are kept for later. */
class ExplainedInvocationTest {

  private static final long MIB = 1L << 20;
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** No more than one call to a worker. */
  private final Scheduler scheduler =
      new Scheduler(
          Policies.builtIn(),
          new SchedulerConfig(1_000, 1, 1L << 20, SILENCE, Duration.ofMillis(100)));

  @AfterEach
  void close() {
    scheduler.close();
  }

  private static InvokeRequest request(String id, boolean explain) {
    return new InvokeRequest(id, Specs.ID, new byte[] {'{', '}'}, new byte[0], false, explain);
  }

  private InvokeAnswer invoke(String id, boolean explain) throws Exception {
    return scheduler.invoke(request(id, explain)).await(5, TimeUnit.SECONDS);
  }

  private static Verdict verdict(String id, Outcome outcome, String reason) {
    return new Verdict("name of " + id, outcome, reason, Optional.empty());
  }

  private void add(PolicyConfig policy) {
    scheduler.add(Specs.needing(MIB), policy);
  }

  @Test
  void tellsOfWorkersThatWereLeftOutBeforeThePolicyWasAsked() throws Exception {
    add(Policies.DEFAULT);
    FakeWorker full = scheduler.worker("full", 9 * MIB);
    Promise<RunAnswer> pending = full.pending();
    Future<InvokeAnswer> first = scheduler.invoke(request("first", false));
    await().atMost(5, TimeUnit.SECONDS).until(() -> full.requests.size() == 1);
    scheduler.worker("refuses", 8 * MIB).failing(FakeWorker.BUSY);
    scheduler.join("silent");
    scheduler.reportedBefore("silent", 7 * MIB, SILENCE.plusSeconds(1));
    scheduler.worker("small", MIB - 1);
    scheduler.worker("takes", 6 * MIB);

    InvokeAnswer answer = invoke("second", true);
    pending.complete(RunAnswer.of(new byte[] {'1'}));
    first.await(5, TimeUnit.SECONDS);

    Verdict isFull =
        verdict(
            "full",
            RULED_OUT,
            "has as many calls, or bytes of arguments, from this core as it may have");
    Verdict isSilent = verdict("silent", RULED_OUT, "has fallen silent");
    Verdict isSmall =
        verdict(
            "small", RULED_OUT, "1023 KiB of memory are available, the function needs 1024 KiB");
    assertEquals(
        List.of(
            List.of(
                isFull,
                isSilent,
                verdict("refuses", CHOSEN, "8 MiB of memory available, 0 calls sent"),
                isSmall,
                verdict("takes", PASSED_OVER, "6 MiB of memory available, 0 calls sent")),
            List.of(
                isFull,
                verdict(
                    "refuses",
                    RULED_OUT,
                    "has refused the call, or was lost before it had started it"),
                isSilent,
                isSmall,
                verdict("takes", CHOSEN, "6 MiB of memory available, 0 calls sent"))),
        answer.decisions().stream().map(Decision::verdicts).toList());
    Decision last = answer.decisions().getLast();
    assertEquals("second", last.invocationId());
    assertEquals("core1", last.core());
    assertEquals("{\"language\":\"none\"}", last.scheduling());
    assertEquals(Optional.of("name of takes"), last.worker());
    assertEquals("6 MiB of memory available, 0 calls sent", last.reason());
    assertTrue(Math.abs(System.currentTimeMillis() - last.epochMillis()) < 60_000);
  }

  @Test
  void tellsThatNobodyIsLeft() throws Exception {
    add(Policies.DEFAULT);
    scheduler.worker("a", 8 * MIB).failing(FakeWorker.BUSY);

    InvokeAnswer answer = invoke("i", true);

    assertEquals(Optional.of(Failures.ALL_BUSY), answer.failure());
    assertEquals(2, answer.decisions().size());
    Decision last = answer.decisions().getLast();
    assertEquals(Optional.empty(), last.worker());
    assertEquals(Failures.ALL_BUSY.detail(), last.reason());
    assertEquals(
        List.of(
            verdict("a", RULED_OUT, "has refused the call, or was lost before it had started it")),
        last.verdicts());
  }

  @Test
  void tellsThatThereIsNoWorkerAtAll() throws Exception {
    add(Policies.DEFAULT);

    Decision decision = invoke("i", true).decisions().getFirst();

    assertEquals(Failures.NO_WORKER.detail(), decision.reason());
    assertEquals(List.of(), decision.verdicts());
  }

  @Test
  void tellsThatAWorkerWasTakenByChanceBecauseNoneHasReported() throws Exception {
    add(new AppConfig("gone"));
    scheduler.join("a");

    Decision decision = invoke("i", true).decisions().getFirst();

    String reason = "last resort: no worker has reported yet, so one is taken by chance";
    assertEquals(List.of(verdict("a", CHOSEN, reason)), decision.verdicts());
    assertEquals(reason, decision.reason());
  }

  @Test
  void anImpossibleScriptIsAnAnswerAtOnceWithTheReason() throws Exception {
    add(new AppConfig("s"));
    scheduler.add("s", "- default:\n    - workers: [name of a, gone]\n      affinity: [cache]\n");
    FakeWorker a = scheduler.worker("a", 8 * MIB);
    String sentence =
        "No worker is valid for the tag 'default' of the script 's': a named worker is not there or"
            + " takes no calls now; no function with a tag of the affinity is running.";

    InvokeAnswer answer = invoke("i", true);

    assertEquals(
        Optional.of(new Failure(Category.UNAVAILABLE, "no_valid_worker", sentence)),
        answer.failure());
    assertTrue(a.requests.isEmpty());
    Decision decision = answer.decisions().getFirst();
    assertEquals("{\"language\":\"app\",\"script\":\"s\"}", decision.scheduling());
    assertEquals(sentence, decision.reason());
    assertEquals(
        List.of(
            new Verdict(
                "name of a",
                RULED_OUT,
                "no function tagged 'cache' is running there",
                Optional.of(new Place("default", 1, 3))),
            new Verdict(
                "gone",
                RULED_OUT,
                "is not there, or takes no calls now",
                Optional.of(new Place("default", 1, 2)))),
        decision.verdicts());
  }

  @Test
  void whoDoesNotAskIsToldNothingAndTheLastSixteenAreKept() throws Exception {
    add(Policies.DEFAULT);
    scheduler.worker("a", 8 * MIB);

    for (int i = 0; i < 10; i++) {
      assertEquals(List.of(), invoke("plain" + i, false).decisions());
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(1, invoke("asked" + i, true).decisions().size());
    }

    List<Decision> kept = scheduler.lastDecisions(Specs.ID);
    assertEquals(16, kept.size());
    assertEquals("plain4", kept.getFirst().invocationId());
    assertEquals("asked9", kept.getLast().invocationId());
  }

  @Test
  void turnsOfAFunctionCountWhetherTheyAreExplainedOrNot() throws Exception {
    add(new RoundRobinConfig());
    for (String id : new String[] {"a", "b", "c"}) {
      scheduler.worker(id, 8 * MIB);
    }

    for (int turn = 0; turn < 29; turn++) {
      assertEquals(
          "name of " + (char) ('a' + turn % 3), invoke("i" + turn, turn % 4 == 0).worker());
    }
    assertEquals("number 2 of 3 in turn 28", reasonOfLast());
  }

  private String reasonOfLast() throws Exception {
    return scheduler.lastDecisions(Specs.ID).getLast().reason();
  }
}
