package dev.funless.core.invoke;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.schedule.Policies;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a function printed, on its way from the worker to the caller. */
class InvokerLogTest {

  private static final long MIB = 1024 * 1024;
  private static final byte[] JSON = "1".getBytes(StandardCharsets.UTF_8);
  private static final Optional<String> PRINTED = Optional.of("line 1\nline 2\n");

  private Scheduler scheduler;

  @BeforeEach
  void open() {
    scheduler = new Scheduler(Policies.builtIn(), Scheduler.config(3));
    scheduler.add(Specs.needing(MIB));
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void aWorkerIsAskedForTheLogOnlyWhereTheCallerAsks() throws Exception {
    FakeWorker worker = scheduler.worker("a", 10 * MIB);

    assertEquals(Optional.empty(), invoked(false).log());
    invoked(true);

    assertFalse(worker.requests.getFirst().withLog());
    assertTrue(worker.requests.getLast().withLog());
  }

  @Test
  void anAnswerComesWithItsLog() throws Exception {
    ends(new RunAnswer(JSON, Optional.empty(), PRINTED));

    InvokeAnswer answer = invoked(true);

    assertEquals(Optional.empty(), answer.failure());
    assertEquals(PRINTED, answer.log());
  }

  @Test
  void aFailureComesWithItsLog() throws Exception {
    Failure trap = new Failure(Category.FUNCTION_FAILED, "trap", "Error: it trapped.");
    ends(RunAnswer.failed(trap, PRINTED));

    InvokeAnswer answer = invoked(true);

    assertEquals(Optional.of(trap), answer.failure());
    assertEquals(PRINTED, answer.log());
  }

  @Test
  void aDeadlineThatTheWorkerTellsComesWithItsLog() throws Exception {
    ends(RunAnswer.failed(new Failure(Category.DEADLINE, "deadline", "Too late."), PRINTED));

    InvokeAnswer answer = invoked(true);

    assertEquals(Optional.of(Failures.DEADLINE), answer.failure());
    assertEquals(PRINTED, answer.log());
  }

  @Test
  void theLogIsThatOfTheWorkerThatRanTheCall() throws Exception {
    scheduler.worker("busy", 20 * MIB).failing(FakeWorker.BUSY);
    ends(new RunAnswer(JSON, Optional.empty(), PRINTED));

    InvokeAnswer answer = invoked(true);

    assertEquals("name of a", answer.worker());
    assertEquals(PRINTED, answer.log());
  }

  @Test
  void nobodyKnowsWhatAFunctionPrintedWhoseWorkerIsLost() throws Exception {
    FakeWorker lost = scheduler.worker("lost", 20 * MIB);
    lost.pending();
    Future<InvokeAnswer> invocation = scheduler.invoke(request(true));
    await().atMost(5, TimeUnit.SECONDS).until(() -> !lost.requests.isEmpty());

    scheduler.lose("lost");

    InvokeAnswer answer = invocation.await(10, TimeUnit.SECONDS);
    assertEquals("worker_lost", answer.failure().orElseThrow().code());
    assertEquals(Optional.empty(), answer.log());
  }

  private void ends(RunAnswer answer) throws Exception {
    scheduler.worker("a", 10 * MIB).behaviour = _ -> Future.succeededFuture(answer);
  }

  private InvokeAnswer invoked(boolean withLog) throws Exception {
    return scheduler.invoke(request(withLog)).await(10, TimeUnit.SECONDS);
  }

  private static InvokeRequest request(boolean withLog) {
    return new InvokeRequest("i", Specs.ID, new byte[] {'{', '}'}, new byte[0], withLog, false);
  }
}
