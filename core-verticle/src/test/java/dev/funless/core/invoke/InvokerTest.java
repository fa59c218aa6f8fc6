package dev.funless.core.invoke;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.PolicyType;
import dev.funless.core.schedule.Selection;
import dev.funless.core.schedule.Worker;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvokerTest {

  private static final long MIB = 1L << 20;

  /** Takes the first worker that has reported; throws on its second decision if told to. */
  record Picky(boolean throwing) implements PolicyConfig {}

  private int decisions;
  private Scheduler scheduler;

  @BeforeEach
  void open() {
    Policies policies =
        Policies.with(
            new PolicyType<>(
                "picky",
                Picky.class,
                (config, workers, _, _) -> {
                  if (config.throwing() && ++decisions > 1) {
                    throw new IllegalStateException("defect");
                  }
                  return workers.stream()
                      .filter(Worker::reported)
                      .findFirst()
                      .<Selection>map(Selection.Chosen::new)
                      .orElseGet(() -> new Selection.None("Nobody is good enough."));
                }));
    scheduler = new Scheduler(policies, Scheduler.config(3));
    scheduler.add(Specs.needing(MIB));
  }

  @AfterEach
  void close() throws Exception {
    assertEquals(0, scheduler.calls(), "every invocation has ended");
    scheduler.views().forEach(worker -> assertEquals(0, worker.sent(), "nothing is reserved"));
    scheduler.close();
  }

  @Test
  void answersWhatTheWorkerAnswers() throws Exception {
    FakeWorker worker = scheduler.worker("a", 10 * MIB);
    worker.behaviour = _ -> FakeWorker.answer("{\"x\":1}");
    long before = System.currentTimeMillis();

    InvokeAnswer answer = answer(scheduler.invoke());

    assertEquals("i1", answer.invocationId());
    assertEquals("name of a", answer.worker());
    assertEquals("{\"x\":1}", new String(answer.json(), StandardCharsets.UTF_8));
    assertTrue(answer.failure().isEmpty());
    RunRequest request = worker.requests.getFirst();
    assertEquals(Scheduler.CORE, request.coreId());
    assertEquals(Specs.needing(MIB), request.function());
    assertArrayEquals(new byte[] {'{', '}'}, request.args());
    assertTrue(request.remainingMillis() <= 10_000 && request.remainingMillis() > 5_000);
    assertTrue(request.deadlineEpochMillis() >= before + 10_000);
  }

  @Test
  void aBusyWorkerIsFollowedByAnother() throws Exception {
    FakeWorker busy = scheduler.worker("busy", 20 * MIB).failing(FakeWorker.BUSY);
    scheduler.worker("free", 10 * MIB);

    assertEquals("name of free", answer(scheduler.invoke()).worker());
    assertEquals(1, busy.requests.size());
  }

  @Test
  void eachBusyWorkerIsAskedOnce() throws Exception {
    List<FakeWorker> workers =
        List.of(
            scheduler.worker("a", MIB).failing(FakeWorker.BUSY),
            scheduler.worker("b", 2 * MIB).failing(FakeWorker.BUSY),
            scheduler.worker("c", 3 * MIB).failing(FakeWorker.BUSY));

    assertEquals(Failures.ALL_BUSY, failure(scheduler.invoke()));
    workers.forEach(worker -> assertEquals(1, worker.requests.size()));
  }

  @Test
  void anUnreachableWorkerIsFollowedByAnother() throws Exception {
    scheduler.join("gone");
    scheduler.report("gone", 20 * MIB);
    scheduler.worker("there", 10 * MIB);

    assertEquals("name of there", answer(scheduler.invoke()).worker());
  }

  @Test
  void onlyUnreachableWorkersAreAFailureOfCategoryUnavailable() throws Exception {
    scheduler.join("gone");
    scheduler.report("gone", 20 * MIB);

    assertEquals("unreachable", failure(scheduler.invoke()).code());
  }

  @Test
  void codeThatCannotBeLoadedIsTriedElsewhere() throws Exception {
    Failure unavailable = new Failure(Category.UNAVAILABLE, "code_unavailable", "No code.");
    scheduler.worker("a", 20 * MIB).failing(unavailable);
    assertEquals(unavailable, failure(scheduler.invoke()));

    scheduler.worker("b", 10 * MIB);
    assertEquals("name of b", answer(scheduler.invoke()).worker());
  }

  @Test
  void noWorkerAtAllIsUnavailable() throws Exception {
    assertEquals(Failures.NO_WORKER, failure(scheduler.invoke()));
  }

  @Test
  void tellsThatNoWorkerHasTheMemory() throws Exception {
    FakeWorker small = scheduler.worker("small", MIB - 1);

    Failure failure = failure(scheduler.invoke());

    assertEquals("no_valid_worker", failure.code());
    assertEquals(Category.UNAVAILABLE, failure.category());
    assertTrue(small.requests.isEmpty());
  }

  @Test
  void failuresOfTheFunctionAreItsAnswer() throws Exception {
    Failure failed = new Failure(Category.FUNCTION_FAILED, "trap", "Error: it trapped.");
    scheduler.worker("a", 20 * MIB).failing(failed);
    FakeWorker other = scheduler.worker("b", 10 * MIB);

    InvokeAnswer answer = answer(scheduler.invoke());

    assertEquals(failed, answer.failure().orElseThrow());
    assertEquals("name of a", answer.worker());
    assertTrue(other.requests.isEmpty());
  }

  @Test
  void aCallThatStartedFailsAtOnceWhenItsWorkerIsLost() throws Exception {
    FakeWorker lost = scheduler.worker("lost", 20 * MIB);
    FakeWorker other = scheduler.worker("other", 10 * MIB);
    Promise<RunAnswer> late = lost.pending();
    Future<InvokeAnswer> invocation = scheduler.invoke();
    awaitRequests(lost, 1);

    scheduler.lose("lost");

    InvokeAnswer answer = answer(invocation);
    assertEquals(Category.WORKER_LOST, answer.failure().orElseThrow().category());
    assertEquals("worker_lost", answer.failure().orElseThrow().code());
    assertEquals("name of lost", answer.worker());
    late.complete(RunAnswer.of(new byte[] {'1'}));
    assertEquals("name of other", answer(scheduler.invoke(Scheduler.request("i2"))).worker());
    assertEquals(1, other.requests.size());
  }

  @Test
  void aCallThatWaitedRunsElsewhereOnceWhenItsWorkerIsLost() throws Exception {
    FakeWorker lost = scheduler.worker("lost", 20 * MIB);
    FakeWorker other = scheduler.worker("other", 10 * MIB);
    Promise<RunAnswer> late = lost.pending();
    Promise<RunAnswer> answer = other.pending();
    Future<InvokeAnswer> invocation = scheduler.invoke();
    awaitRequests(lost, 1);
    scheduler.waits("lost", "i1");

    scheduler.lose("lost");
    awaitRequests(other, 1);

    assertFalse(scheduler.mayStart("lost", "i1"), "it was given to another worker");
    scheduler.waits("other", "i1");
    assertTrue(scheduler.mayStart("other", "i1"));
    late.complete(RunAnswer.of(new byte[] {'0'}));
    assertFalse(invocation.isComplete(), "a late answer is ignored");
    answer.complete(RunAnswer.of(new byte[] {'1'}));
    assertArrayEquals(new byte[] {'1'}, answer(invocation).json());
    assertEquals("name of other", answer(invocation).worker());
    assertEquals(1, lost.requests.size());
    assertEquals(1, other.requests.size());
  }

  @Test
  void aCallThatWasAllowedToStartIsNotRunAgain() throws Exception {
    FakeWorker lost = scheduler.worker("lost", 20 * MIB);
    FakeWorker other = scheduler.worker("other", 10 * MIB);
    lost.pending();
    Future<InvokeAnswer> invocation = scheduler.invoke();
    awaitRequests(lost, 1);
    scheduler.waits("lost", "i1");
    assertTrue(scheduler.mayStart("lost", "i1"));

    scheduler.lose("lost");

    assertEquals("worker_lost", failure(invocation).code());
    assertTrue(other.requests.isEmpty());
  }

  @Test
  void anAnnouncementThatTheStartHasOvertakenChangesNothing() throws Exception {
    FakeWorker lost = scheduler.worker("lost", 20 * MIB);
    FakeWorker other = scheduler.worker("other", 10 * MIB);
    lost.pending();
    Future<InvokeAnswer> invocation = scheduler.invoke();
    awaitRequests(lost, 1);
    assertTrue(scheduler.mayStart("lost", "i1"));
    scheduler.waits("lost", "i1");

    scheduler.lose("lost");

    assertEquals("worker_lost", failure(invocation).code());
    assertTrue(other.requests.isEmpty());
  }

  @Test
  void anIdempotentCallThatStartedIsRunAgain() throws Exception {
    scheduler.add(Specs.of(Specs.ID, MIB, 10_000, true));
    FakeWorker lost = scheduler.worker("lost", 20 * MIB);
    FakeWorker other = scheduler.worker("other", 10 * MIB);
    lost.pending();
    Future<InvokeAnswer> invocation = scheduler.invoke();
    awaitRequests(lost, 1);

    scheduler.lose("lost");

    assertEquals("name of other", answer(invocation).worker());
    assertEquals(1, other.requests.size());
  }

  @Test
  void anIdempotentCallWithoutAnotherWorkerIsLost() throws Exception {
    scheduler.add(Specs.of(Specs.ID, MIB, 10_000, true));
    FakeWorker lost = scheduler.worker("lost", 20 * MIB);
    lost.pending();
    Future<InvokeAnswer> invocation = scheduler.invoke();
    awaitRequests(lost, 1);

    scheduler.lose("lost");

    assertEquals("worker_lost", failure(invocation).code(), "it may have run in part");
  }

  @Test
  void aCallThatIsUnknownOrHasEndedMayNotStart() throws Exception {
    scheduler.worker("a", 10 * MIB);
    answer(scheduler.invoke());

    assertFalse(scheduler.mayStart("a", "i1"));
    assertFalse(scheduler.mayStart("a", "unknown"));
    scheduler.waits("a", "i1");
    scheduler.waits("unknown", "i1");
  }

  @Test
  void theDeadlinePassesWhereTheWorkerSaysNothing() throws Exception {
    scheduler.add(Specs.of(Specs.ID, MIB, 100, true));
    FakeWorker silent = scheduler.worker("silent", 20 * MIB);
    FakeWorker other = scheduler.worker("other", 10 * MIB);
    Promise<RunAnswer> late = silent.pending();

    assertEquals(Failures.DEADLINE, failure(scheduler.invoke()));
    late.complete(RunAnswer.of(new byte[] {'1'}));
    assertTrue(other.requests.isEmpty());
  }

  @Test
  void aDeadlineThatTheWorkerTellsIsTheSame() throws Exception {
    scheduler
        .worker("a", 10 * MIB)
        .failing(new Failure(Category.DEADLINE, "deadline", "Too late."));

    assertEquals(Failures.DEADLINE, failure(scheduler.invoke()));
  }

  @Test
  void whatIsWrongWithTheRequestFailsIt() throws Exception {
    scheduler.worker("a", 10 * MIB);
    InvokeRequest unknown = InvokeRequest.of(new FunctionId("_", "unknown"), new byte[0]);
    InvokeRequest unclear =
        new InvokeRequest(
            "i",
            Specs.ID,
            new byte[0],
            "{\"language\":\"app\"}".getBytes(StandardCharsets.UTF_8),
            false,
            false);

    assertEquals(Category.NOT_FOUND, rejection(scheduler.invoke(unknown)).category());
    assertEquals(Category.MALFORMED, rejection(scheduler.invoke(unclear)).category());
  }

  @Test
  void theRequestsSchedulingGoesBeforeTheFunctions() throws Exception {
    scheduler.join("unreported");
    scheduler.worker("a", MIB - 1);
    InvokeRequest picky =
        new InvokeRequest(
            "i",
            Specs.ID,
            new byte[0],
            "{\"language\":\"picky\",\"throwing\":false}".getBytes(StandardCharsets.UTF_8),
            false,
            false);

    assertEquals("name of a", answer(scheduler.invoke(picky)).worker());
  }

  @Test
  void whileNobodyHasReportedAnyWorkerIsTakenWhateverThePolicy() throws Exception {
    scheduler.add(Specs.needing(MIB), new Picky(false));
    FakeWorker unreported = new FakeWorker("a");
    unreported
        .serve(scheduler.vertx.getOrCreateContext(), scheduler.bus)
        .ready()
        .await(5, TimeUnit.SECONDS);
    scheduler.join("a");

    assertEquals("name of a", answer(scheduler.invoke()).worker());
  }

  @Test
  void onceAWorkerHasReportedThePolicyDecidesEvenIfThatWorkerIsBusy() throws Exception {
    scheduler.add(Specs.needing(MIB), new Picky(false));
    scheduler.worker("busy", 10 * MIB).failing(FakeWorker.BUSY);
    FakeWorker unreported = new FakeWorker("b");
    unreported
        .serve(scheduler.vertx.getOrCreateContext(), scheduler.bus)
        .ready()
        .await(5, TimeUnit.SECONDS);
    scheduler.join("b");

    assertEquals(Failures.ALL_BUSY, failure(scheduler.invoke()));
    assertTrue(unreported.requests.isEmpty(), "the policy would not have it");
  }

  @Test
  void aPolicyThatThrowsIsAnInternalFailureOnTheSecondTryToo() throws Exception {
    scheduler.add(Specs.needing(MIB), new Picky(true));
    scheduler.worker("a", 10 * MIB).failing(FakeWorker.BUSY);
    scheduler.worker("b", 10 * MIB).failing(FakeWorker.BUSY);

    assertEquals(Failures.NOT_SENT, failure(scheduler.invoke()));
  }

  @Test
  void refusesMoreCallsThanItMaySeeThrough() throws Exception {
    FakeWorker worker = scheduler.worker("a", 10 * MIB);
    Promise<RunAnswer> answer = worker.pending();
    List<Future<InvokeAnswer>> accepted =
        List.of(
            scheduler.invoke(Scheduler.request("i1")),
            scheduler.invoke(Scheduler.request("i2")),
            scheduler.invoke(Scheduler.request("i3")));

    assertEquals(Failures.CORE_BUSY, rejection(scheduler.invoke(Scheduler.request("i4"))));

    answer.complete(RunAnswer.of(new byte[] {'1'}));
    for (Future<InvokeAnswer> each : accepted) {
      answer(each);
    }
    answer(scheduler.invoke(Scheduler.request("i5")));
  }

  @Test
  void refusesASecondInvocationOfTheSameIdWhileTheFirstIsUnderWay() throws Exception {
    FakeWorker worker = scheduler.worker("a", 10 * MIB);
    Promise<RunAnswer> answer = worker.pending();
    Future<InvokeAnswer> first = scheduler.invoke();

    assertEquals(Failures.DUPLICATE, rejection(scheduler.invoke()));

    answer.complete(RunAnswer.of(new byte[] {'1'}));
    answer(first);
    answer(scheduler.invoke());
  }

  @Test
  void aCoreThatDrainsRefusesNewCallsAndSeesTheOthersThrough() throws Exception {
    FakeWorker worker = scheduler.worker("a", 10 * MIB);
    Promise<RunAnswer> answer = worker.pending();
    Future<InvokeAnswer> first = scheduler.invoke();
    awaitRequests(worker, 1);
    scheduler.drain();

    assertEquals(Failures.DRAINING, rejection(scheduler.invoke(Scheduler.request("i2"))));
    answer.complete(RunAnswer.of(new byte[] {'1'}));
    assertTrue(answer(first).failure().isEmpty());
  }

  private static void awaitRequests(FakeWorker worker, int count) {
    await().atMost(5, TimeUnit.SECONDS).until(() -> worker.requests.size() == count);
  }

  private static InvokeAnswer answer(Future<InvokeAnswer> invocation) throws Exception {
    return invocation.await(5, TimeUnit.SECONDS);
  }

  private static Failure failure(Future<InvokeAnswer> invocation) throws Exception {
    return answer(invocation).failure().orElseThrow();
  }

  private static Failure rejection(Future<InvokeAnswer> invocation) {
    Exception e = assertThrows(Exception.class, () -> answer(invocation));
    return assertInstanceOf(FailureException.class, e).failure();
  }
}
