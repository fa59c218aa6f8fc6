package dev.funless.worker.invoke;

import static dev.funless.worker.invoke.TestWorker.LOG_BYTES;
import static dev.funless.worker.invoke.TestWorker.finish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.function.FunctionLimits;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.worker.Wasm;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What functions print, as a worker answers it to a core. */
class CallLogsTest {

  private static final byte[] CODE = Wasm.code("print-wasi");
  private static final FunctionSpec PRINT = Wasm.spec("print", CODE);
  private static final String ARGS = args("one\ntwo", "");

  @TempDir Path folder;

  private TestWorker worker;

  @BeforeEach
  void open() throws Exception {
    worker = new TestWorker(folder, Map.of(PRINT.sha256(), CODE));
  }

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void theLogIsInTheAnswerOnlyWhereItIsAskedFor() throws Exception {
    RunAnswer asked = finish(worker.runWithLog("asked", PRINT, ARGS, 10_000));
    RunAnswer silent = finish(worker.runWithLog("silent", PRINT, args("", ""), 10_000));
    RunAnswer unasked = finish(worker.run("unasked", PRINT, ARGS, 10_000));

    assertEquals(Optional.of("one\ntwo"), asked.log());
    assertEquals(Optional.of(""), silent.log(), "it ran, and printed nothing");
    assertEquals(Optional.empty(), unasked.log());
  }

  @ParameterizedTest
  @CsvSource({"fail,function_error", "trap,trap", "spin,deadline"})
  void aCallThatFailsTellsWhatItHadPrinted(String then, String code) throws Exception {
    RunAnswer answer = finish(worker.runWithLog("i", PRINT, args("one\ntwo", then), 1_500));

    assertEquals(Optional.of(code), answer.failure().map(Failure::code));
    assertEquals(Optional.of("one\ntwo"), answer.log());
    assertEquals(Optional.empty(), finish(worker.run("j", PRINT, args("one", then), 1_500)).log());
  }

  @Test
  void theLogIsBoundedByTheFunctionsLimitAndByTheWorkers() throws Exception {
    String args = args("x".repeat(2 * LOG_BYTES), "");

    assertEquals(
        Optional.of("x".repeat(LOG_BYTES)),
        finish(worker.runWithLog("worker", keeping(LOG_BYTES + 1), args, 10_000)).log());
    assertEquals(
        Optional.of("x".repeat(10)),
        finish(worker.runWithLog("function", keeping(10), args, 10_000)).log());
    assertEquals(
        Optional.of(""), finish(worker.runWithLog("nothing", keeping(0), args, 10_000)).log());
  }

  @Test
  void aCallThatTheWorkerDidNotTakeHasNoLog() throws Exception {
    RunAnswer answer = finish(worker.runWithLog("late", PRINT, ARGS, -5_000));

    assertTrue(answer.failure().isPresent());
    assertEquals(Optional.empty(), answer.log());
  }

  private static FunctionSpec keeping(int logBytes) {
    FunctionLimits limits = PRINT.limits();
    return new FunctionSpec(
        PRINT.id(),
        PRINT.sha256(),
        PRINT.codeBytes(),
        PRINT.initialMemoryBytes(),
        PRINT.tag(),
        PRINT.capacityBytes(),
        new FunctionLimits(
            limits.timeoutMillis(),
            limits.memoryBytes(),
            limits.tableEntries(),
            limits.stackBytes(),
            limits.answerBytes(),
            limits.httpResponseBytes(),
            logBytes,
            limits.hostCalls()),
        PRINT.allowedHosts(),
        PRINT.env(),
        PRINT.idempotent(),
        PRINT.services());
  }

  private static String args(String text, String then) {
    return new JsonObject().put("text", text).put("then", then).encode();
  }
}
