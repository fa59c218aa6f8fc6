package dev.funless.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JacksonException;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.config.Settings;
import dev.funless.shared.function.FunctionLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataJsonTest {

  private static final String ALL =
      """
      {"tag":"gpu","capacity":128,"timeout_ms":1000,"memory_mb":32,"table_entries":7,\
      "stack_kb":512,"answer_bytes":10,"http_response_bytes":20,"log_bytes":30,"host_calls":40,\
      "allowed_hosts":["a","10.0.0.1:80","[::1]:*","x.y:*"],\
      "env":{"A":"1","B":""},"idempotent":true,"scheduling":{"language":"none"},\
      "services":["http://db.example:5984/x","https://a","tcp://[::1]:1"],\
      "cost":"2*A + max(B, nat(items))"}\
      """;

  private final LimitsConfig limits = LimitsConfig.read(Settings.of(Map.of()));

  @Test
  void readsEveryKey() {
    FunctionMetadata metadata = MetadataJson.parse(ALL);

    assertEquals(Optional.of("gpu"), metadata.tag());
    assertEquals(Optional.of(128L), metadata.capacity());
    assertEquals(Optional.of(1_000L), metadata.timeoutMs());
    assertEquals(Optional.of(32L), metadata.memoryMb());
    assertEquals(Optional.of(7), metadata.tableEntries());
    assertEquals(Optional.of(512), metadata.stackKb());
    assertEquals(Optional.of(10), metadata.answerBytes());
    assertEquals(Optional.of(20), metadata.httpResponseBytes());
    assertEquals(Optional.of(30), metadata.logBytes());
    assertEquals(Optional.of(40), metadata.hostCalls());
    assertEquals(
        Optional.of(List.of("a", "10.0.0.1:80", "[::1]:*", "x.y:*")), metadata.allowedHosts());
    assertEquals(Optional.of(Map.of("A", "1", "B", "")), metadata.env());
    assertEquals(Optional.of(true), metadata.idempotent());
    assertEquals("{\"language\":\"none\"}", metadata.scheduling().orElseThrow().toString());
    assertEquals(
        Optional.of(List.of("http://db.example:5984/x", "https://a", "tcp://[::1]:1")),
        metadata.services());
    assertEquals(Optional.of("2*A + max(B, nat(items))"), metadata.cost());
    assertEquals(CostExpression.parse("2*A + max(B, nat(items))", 3), metadata.costExpression());
  }

  @Test
  void survivesBeingStored() throws JacksonException {
    FunctionMetadata metadata = MetadataJson.parse(ALL);

    assertEquals(ALL, MetadataJson.toJson(metadata));
    assertEquals(metadata, MetadataJson.stored(MetadataJson.toJson(metadata)));
    assertEquals("{}", MetadataJson.toJson(FunctionMetadata.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"tag\":null,\"env\":null,\"scheduling\":null}"})
  void everythingMayBeLeftOut(String json) {
    assertEquals(FunctionMetadata.NONE, MetadataJson.parse(json));
  }

  @Test
  void storedKeysOfANewerVersionArePassedOver() throws JacksonException {
    assertEquals(Optional.of("x"), MetadataJson.stored("{\"tag\":\"x\",\"newer\":1}").tag());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tag\":1}|metadata: the value of 'tag' cannot be used.",
        "{\"capacity\":-1}|metadata: capacity must be a number of KiB, 0 or more.",
        "{\"capacity\":\"64\"}|metadata: the value of 'capacity' cannot be used.",
        "{\"capacity\":1.5}|metadata: the value of 'capacity' cannot be used.",
        "{\"capacity\":4294967297}|metadata: capacity must be a number of KiB, 0 or more.",
        "{\"timeout_ms\":0}|metadata: timeout_ms must be at least 1.",
        "{\"timeout_ms\":true}|metadata: the value of 'timeout_ms' cannot be used.",
        "{\"timeoutMs\":1}|metadata: there is no key 'timeoutMs'.",
        "{\"memory_mb\":0}|metadata: memory_mb must be at least 1.",
        "{\"memory_mb\":99999999999999999999}|metadata: the value of 'memory_mb' cannot be used.",
        "{\"answer_bytes\":0}|metadata: answer_bytes must be at least 1.",
        "{\"answer_bytes\":3000000000}|metadata: the value of 'answer_bytes' cannot be used.",
        "{\"http_response_bytes\":-5}|metadata: http_response_bytes must be at least 1.",
        "{\"log_bytes\":-1}|metadata: log_bytes must be 0 or more.",
        "{\"table_entries\":-1}|metadata: table_entries must be 0 or more.",
        "{\"stack_kb\":255}|metadata: stack_kb must be at least 256.",
        "{\"host_calls\":-1}|metadata: host_calls must be 0 or more.",
        "{\"allowed_hosts\":\"a\"}|metadata: the value of 'allowed_hosts' cannot be used.",
        "{\"idempotent\":\"true\"}|metadata: the value of 'idempotent' cannot be used.",
        "{\"idempotent\":1}|metadata: the value of 'idempotent' cannot be used.",
        "{\"env\":{\"A\":1}}|metadata: the value of 'env' cannot be used.",
        "{\"env\":[]}|metadata: the value of 'env' cannot be used.",
        "{\"scheduling\":\"none\"}|metadata: the value of 'scheduling' cannot be used.",
        "{\"services\":\"http://a\"}|metadata: the value of 'services' cannot be used.",
        "{\"services\":[1]}|metadata: the value of 'services' cannot be used.",
        "{\"cost\":1}|metadata: the value of 'cost' cannot be used.",
        "{\"cost\":\"A\"}|metadata: cost is wrong at character 1: there is no service A, none is"
            + " declared.",
        "{\"services\":[\"http://a\"],\"cost\":\"A+B\"}|metadata: cost is wrong at character 3:"
            + " there is no service B, only A is declared.",
        "{\"cost\":\"1+\"}|metadata: cost is wrong at character 3: a value must stand there, not"
            + " the end.",
        "{\"nobody\":1}|metadata: there is no key 'nobody'.",
        "[]|metadata: must be one JSON object.",
        "1|metadata: must be one JSON object.",
        "null|metadata: must be one JSON object.",
        "''|metadata: must be one JSON object.",
        "{\"tag\":\"a\"|metadata: is not valid JSON.",
        "{} {}|metadata: must be one JSON object.",
        "{\"env\":{\"A\":\"1\",\"A\":\"2\"}}|metadata: the value of 'env' cannot be used."
      })
  void saysWhatIsWrong(String json, String sentence) {
    assertEquals(sentence, message(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"http://a\"]",
        "[\"a:\"]",
        "[\"a:b\"]",
        "[\"\"]",
        "[\"*\"]",
        "[null]",
        "[\"a b\"]"
      })
  void rejectsWhatIsNoHost(String hosts) {
    assertEquals(
        "metadata: allowed_hosts must list at most 64 of host, host:port or host:*.",
        message("{\"allowed_hosts\":" + hosts + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"a\"]",
        "[\"ftp://a\"]",
        "[\"tcp://a\"]",
        "[\"http://\"]",
        "[\"\"]",
        "[null]",
        "[\"http://a\",\"http://a\"]"
      })
  void rejectsWhatIsNoService(String services) {
    assertEquals(
        "metadata: services must list at most 26 different URLs, each at most 512 characters of"
            + " http://host, https://host or tcp://host:port.",
        message("{\"services\":" + services + "}"));
  }

  @Test
  void boundsTheServices() {
    assertEquals(26, MetadataJson.parse(services(26)).services().orElseThrow().size());
    assertTrue(message(services(27)).startsWith("metadata: services must list at most 26"));
    assertTrue(
        message("{\"services\":[\"http://a/" + "x".repeat(512) + "\"]}")
            .startsWith("metadata: services must list"));
  }

  private static String services(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"http://a/" + i + "\"")
        .collect(Collectors.joining(",", "{\"services\":[", "]}"));
  }

  @Test
  void aCostNeedsServicesOnlyWhereItNamesThem() {
    assertEquals(
        CostExpression.parse("3*n", 0), MetadataJson.parse("{\"cost\":\"3*n\"}").costExpression());
  }

  @Test
  void theDefaultCostIsThatOfEachServiceOnce() {
    assertEquals(CostExpression.sum(0), FunctionMetadata.NONE.costExpression());
    assertEquals(CostExpression.sum(26), MetadataJson.parse(services(26)).costExpression());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"\":\"x\"}", "{\"A=B\":\"x\"}", "{\"A\":null}", "{\"A\":\"x\\u0000y\"}"})
  void rejectsWhatIsNoEnvironment(String env) {
    assertTrue(message("{\"env\":" + env + "}").startsWith("metadata: env must hold"));
  }

  @Test
  void boundsTexts() {
    assertEquals(
        "metadata: tag must be at most 160 characters.",
        message("{\"tag\":\"" + "x".repeat(161) + "\"}"));
    assertTrue(
        message("{\"env\":{\"A\":\"" + "x".repeat(32 * 1024) + "\"}}")
            .startsWith("metadata: env must hold"));
    assertTrue(message("{\"" + "x".repeat(10_000) + "\":1}").length() < 100);
  }

  @Test
  void rejectsDeeplyNestedScheduling() {
    assertTrue(message("{\"scheduling\":" + "{\"a\":".repeat(100_000)).startsWith("metadata: "));
  }

  @Test
  void whatIsNotSaidIsTheDefault() {
    assertEquals(limits.defaults(), limits.effective(FunctionMetadata.NONE));
  }

  @Test
  void whatIsSaidHoldsUpToTheCaps() {
    assertEquals(
        new FunctionLimits(1_000, 32L << 20, 7, 512 << 10, 10, 20, 30, 40),
        limits.effective(MetadataJson.parse(ALL)));
    assertEquals(
        limits.caps(),
        limits.effective(
            MetadataJson.parse(
                """
                {"timeout_ms":9223372036854775807,"memory_mb":9223372036854775807,
                 "table_entries":2147483647,"stack_kb":2147483647,
                 "answer_bytes":2147483647,"http_response_bytes":2147483647,
                 "log_bytes":2147483647,"host_calls":2147483647}\
                """)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"timeout_ms\":600001}|metadata: timeout_ms must be at most 600000.",
        "{\"memory_mb\":1025}|metadata: memory_mb must be at most 1024.",
        "{\"answer_bytes\":4194305}|metadata: answer_bytes must be at most 4194304.",
        "{\"http_response_bytes\":4194305}|metadata: http_response_bytes must be at most 4194304.",
        "{\"log_bytes\":65537}|metadata: log_bytes must be at most 65536.",
        "{\"table_entries\":131073}|metadata: table_entries must be at most 131072.",
        "{\"stack_kb\":16385}|metadata: stack_kb must be at most 16384.",
        "{\"host_calls\":1001}|metadata: host_calls must be at most 1000."
      })
  void tellsWhichCapIsExceeded(String json, String sentence) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> limits.check(MetadataJson.parse(json)));

    assertEquals(sentence, e.getMessage());
  }

  @Test
  void aFunctionMayKeepNoLog() {
    assertEquals(0, limits.effective(MetadataJson.parse("{\"log_bytes\":0}")).logBytes());
  }

  @Test
  void whatIsAtTheCapsIsAccepted() {
    limits.check(
        MetadataJson.parse(
            """
            {"timeout_ms":600000,"memory_mb":1024,"answer_bytes":4194304,
             "http_response_bytes":4194304,"log_bytes":65536,"table_entries":131072,
             "stack_kb":16384,"host_calls":1000}\
            """));
  }

  private static String message(String json) {
    return assertThrows(IllegalArgumentException.class, () -> MetadataJson.parse(json))
        .getMessage();
  }
}
