package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions print: with the answer where it is asked for, and in the worker's own log. */
class LogsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  /** Of a line of a node's log: time and level. */
  private static final Pattern LINE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12} [A-Z]+ +\\[");

  private static final int DEFAULT_BYTES = 16 * 1024;

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void deploy() {
    Client client = PLATFORM.get().guest();
    client.deploy("prints", "print-wasi");
    client.deploy("logs_lines", "logs");
    client.deploy("logs_quiet", "echo-wat");
    client.deploy(
        "prints_little",
        Form.of("prints_little", Checkout.wasm("print")).text("metadata", "{\"log_bytes\":20}"));
    client.deploy(
        "prints_briefly",
        Form.of("prints_briefly", Checkout.wasm("print-wasi"))
            .text("metadata", "{\"timeout_ms\":1500}"));
  }

  @Test
  void theLogStandsBesideTheDataWhereItIsAskedFor() {
    JsonObject args = new JsonObject().put("lines", 3);

    Answer answer = invoke("logs_lines", "?logs=true", args);

    assertEquals(200, answer.status());
    assertEquals(
        "{\"data\":{\"lines\": 3},\"logs\":\"line 1\\nline 2\\nline 3\\n\"}", answer.body());
    assertEquals(
        "{\"data\":{},\"logs\":\"\"}",
        invoke("logs_quiet", "?logs=true", new JsonObject()).body(),
        "it printed nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?logs=false"})
  void theAnswerIsTheDataAloneWhereNobodyAsks(String query) {
    Answer answer = invoke("logs_lines", query, new JsonObject().put("lines", 3));

    assertEquals("{\"data\":{\"lines\": 3}}", answer.body());
  }

  @ParameterizedTest
  @CsvSource({"fail,422,function_error", "trap,422,trap", "spin,504,deadline"})
  void aCallThatFailsTellsWhatItHadPrinted(String then, int status, String code) {
    JsonObject args = new JsonObject().put("text", "one\ntwo é").put("then", then);

    Answer answer = invoke("prints_briefly", "?logs=true", args);

    assertEquals(status, answer.status(), answer.body());
    assertEquals(code, answer.error());
    assertEquals(
        new JsonObject()
            .put("errors", new JsonObject().put("detail", answer.detail()))
            .put("logs", "one\ntwo é"),
        answer.json());
    assertFalse(invoke("prints_briefly", "", args).json().containsKey("logs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?logs", "?logs=yes", "?logs=true&logs=true"})
  void whatIsNeitherTrueNorFalseIs400(String query) {
    Answer answer = invoke("logs_quiet", query, new JsonObject());

    assertEquals(400, answer.status());
    assertEquals("malformed", answer.error());
    assertEquals("logs must be given once, as true or false.", answer.detail());
  }

  @Test
  void theLogIsBoundedByDefaultAndByTheFunctionsOwnLimit() {
    JsonObject args = new JsonObject().put("text", "x".repeat(100_000));

    assertEquals("x".repeat(DEFAULT_BYTES), invoke("prints", "?logs=true", args).logs());
    assertEquals("x".repeat(20), invoke("prints_little", "?logs=true", args).logs());
  }

  @Test
  void eachOfManyCallsAtOnceGetsItsOwnLog() {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    client.invokeLater(
                        "prints?logs=" + (i % 3 != 0), new JsonObject().put("text", "call " + i)))
            .toList();

    for (int i = 0; i < calls.size(); i++) {
      String log = i % 3 == 0 ? "" : ",\"logs\":\"call " + i + "\"";
      assertEquals("{\"data\":{}" + log + "}", calls.get(i).join().body());
    }
  }

  @Test
  void theWorkerKeepsTheLogUnderTheInvocationsId() {
    JsonObject args = new JsonObject().put("text", "one\ntwo").put("then", "trap");

    Answer answer = invoke("prints", "", args);

    String id = answer.header("Funless-Invocation");
    // It was written before the answer left.
    assertEquals(
        List.of("function: _/prints " + id + ": one\\ntwo"),
        linesAbout(id, platform.node(answer.worker())));
  }

  @Test
  void aFunctionForgesNoLineInTheWorkersLog() {
    String forged = "2026-01-01T00:00:00.000 ERROR [main] Functions: forged by a guest";
    String text = "x\n" + forged + "\r" + forged + "\u2028" + forged + "\u0085\u001b[2K" + forged;

    Answer answer =
        invoke("prints", "?logs=true", new JsonObject().put("text", text + "\\n" + forged + "\n"));

    assertEquals(text + "\\n" + forged + "\n", answer.logs(), "the caller gets it as it is");
    Node worker = platform.node(answer.worker());
    String id = answer.header("Funless-Invocation");
    List<String> found = linesAbout(id, worker);
    assertEquals(1, found.size(), found::toString);
    assertTrue(found.getFirst().contains("x\\n2026-01-01"), found::toString);
    assertTrue(found.getFirst().contains("\\\\n2026-01-01"), found::toString);
    assertTrue(
        worker.lines().noneMatch(line -> line.startsWith("2026-01-01T00:00:00.000")), worker::tail);
    assertFalse(worker.logged("\u001b"), "nothing there drives a terminal");
  }

  /** What a node's log says of an invocation, from the logger's name on. */
  private static List<String> linesAbout(String id, Node node) {
    return node.lines()
        .filter(line -> line.contains(id))
        .filter(line -> LINE.matcher(line).lookingAt())
        .map(line -> line.substring(line.indexOf("] ") + 2))
        .collect(Collectors.toList());
  }

  private Answer invoke(String function, String query, JsonObject args) {
    return client.invoke(function + query, args);
  }
}
