package dev.funless.core.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.core.catalog.FunctionDefinition;
import dev.funless.core.catalog.FunctionMetadata;
import dev.funless.core.schedule.Advice;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that are wasm functions, in a real engine. */
class GuestPoliciesTest {

  private static final Path WASM =
      Path.of(System.getProperty("funless.root"), "examples", "functions", "wasm");

  private static final String QUESTION =
      """
      {"configuration":{"tag":"gpu"},"workers":[
      {"name":"a","tag":"cpu","memory_available_bytes":9,"calls":0},
      {"name":"b","tag":"gpu","memory_available_bytes":9,"calls":2},
      {"name":"c","tag":"gpu","memory_available_bytes":9,"calls":1}],
      "function":{"capacity_bytes":9}}\
      """;

  @TempDir Path cache;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Map<String, byte[]> code = new HashMap<>();
  private final Map<FunctionId, FunctionSpec> functions = new HashMap<>();
  private final List<String> fetched = new ArrayList<>();
  private GuestPolicies policies;

  @BeforeEach
  void open() throws Exception {
    for (String example : List.of("picker", "spin", "trap", "echo-c", "fail-c", "fetch-c")) {
      byte[] wasm = Files.readAllBytes(WASM.resolve(example + ".wasm"));
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(wasm));
      code.put(sha256, wasm);
      FunctionId id = id(example.replace("-c", ""));
      functions.put(id, Specs.of(id, sha256, wasm.length));
    }
    policies = policies(Duration.ofSeconds(5));
  }

  private GuestPolicies policies(Duration deadline) {
    return new GuestPolicies(
        vertx,
        context,
        id -> Future.succeededFuture(Optional.ofNullable(functions.get(id)).map(this::definition)),
        (sha256, bytes) -> {
          fetched.add(sha256);
          return Future.succeededFuture(code.get(sha256));
        },
        new GuestPoliciesConfig(deadline, 16 << 20),
        cache);
  }

  private FunctionDefinition definition(FunctionSpec spec) {
    return new FunctionDefinition(
        spec, FunctionMetadata.NONE, Policies.DEFAULT, CostExpression.sum(0));
  }

  @AfterEach
  void close() throws Exception {
    policies.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void givesTheWorkerThatTheFunctionNames() throws Exception {
    assertEquals(new Advice.Named("c"), ask("picker", QUESTION));
    assertEquals(new Advice.Named("a"), ask("picker", QUESTION.replace("\"tag\":\"gpu\"}", "}")));
  }

  @Test
  void givesTheReasonWhereItNamesNone() throws Exception {
    assertEquals(
        new Advice.Nobody("The picker found no worker with that tag and enough memory."),
        ask("picker", QUESTION.replace("\"tag\":\"gpu\"},", "\"tag\":\"tpu\"},")));
    assertEquals(
        new Advice.Nobody("The policy named no worker."), ask("echo", "{\"worker\":null}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere|{}|there is no such function",
        "echo|{}|it did not answer with {\"worker\": \"name\"}",
        "echo|{\"worker\":5}|it did not answer with {\"worker\": \"name\"}",
        "echo|[]|it did not answer with {\"worker\": \"name\"}",
        "fail|{\"message\":\"no idea\"}|no idea"
      })
  void saysWhyThereIsNoAdvice(String function, String question, String why) throws Exception {
    assertEquals(new Advice.Failed(why), ask(function, question));
  }

  @Test
  void aTrapIsAFailure() throws Exception {
    Advice.Failed failed = (Advice.Failed) ask("trap", "{}");

    assertTrue(failed.why().contains("unreachable"), failed.why());
  }

  @Test
  void aPolicyMakesNoHttpRequests() throws Exception {
    Advice advice = ask("fetch", "{\"url\":\"http://127.0.0.1:1/\"}");

    assertEquals(new Advice.Failed("it did not answer with {\"worker\": \"name\"}"), advice);
  }

  @Test
  void oneThatDoesNotAnswerInTimeFailsAndHoldsNobodyUp() throws Exception {
    policies.close();
    policies = policies(Duration.ofMillis(50));

    assertEquals(new Advice.Failed("it did not answer within 50 ms"), ask("spin", "{}"));
    assertEquals(new Advice.Named("c"), ask("picker", QUESTION));
  }

  @Test
  void theCodeIsFetchedOnce() throws Exception {
    List<Future<Advice>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(asking("picker", QUESTION));
    }
    for (Future<Advice> each : asked) {
      assertEquals(new Advice.Named("c"), each.await(10, TimeUnit.SECONDS));
    }

    assertEquals(1, fetched.size());
  }

  @Test
  void codeThatCannotBeHadFailsTheQuestionAndIsAskedForAgain() throws Exception {
    String sha256 = functions.get(id("picker")).sha256();
    byte[] wasm = code.put(sha256, new byte[] {1, 2, 3});
    assertTrue(ask("picker", QUESTION) instanceof Advice.Failed);

    code.put(sha256, wasm);
    assertEquals(new Advice.Named("c"), ask("picker", QUESTION));
  }

  private static FunctionId id(String name) {
    return new FunctionId("_", name);
  }

  private Advice ask(String function, String question) throws Exception {
    return asking(function, question).await(10, TimeUnit.SECONDS);
  }

  private Future<Advice> asking(String function, String question) {
    Promise<Advice> advice = Promise.promise();
    context.runOnContext(
        _ ->
            policies
                .ask(id(function), question.getBytes(StandardCharsets.UTF_8))
                .onComplete(advice));
    return advice.future();
  }
}
