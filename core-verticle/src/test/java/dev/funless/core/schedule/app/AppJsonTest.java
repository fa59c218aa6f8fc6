package dev.funless.core.schedule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppJsonTest {

  private static final String NEVER =
      "{\"capacity_used\":\"infinity\",\"max_concurrent_invocations\":\"infinity\"}";
  private static final String NO_AFFINITY = "{\"affinity\":[],\"antiaffinity\":[]}";

  @Test
  void showsPlainScriptsAsFunLessDoes() throws InvalidScriptException {
    assertEquals(
        """
        {"tags":{\
        "image_work":{"blocks":[\
        {"workers":["gpu1","gpu2"],"strategy":"best-first",\
        "invalidate":{"capacity_used":80,"max_concurrent_invocations":4},\
        "affinity":{"affinity":["cache"],"antiaffinity":["heavy"]}},\
        {"workers":"*","strategy":"best-first",\
        "invalidate":{"capacity_used":"infinity","max_concurrent_invocations":"infinity"},\
        "affinity":{"affinity":[],"antiaffinity":[]}}],\
        "followup":"default"},\
        "default":{"blocks":[\
        {"workers":"*","strategy":"platform",\
        "invalidate":{"capacity_used":"infinity","max_concurrent_invocations":"infinity"},\
        "affinity":{"affinity":[],"antiaffinity":[]}}],\
        "followup":"fail"}}}\
        """,
        json(
            """
            - image_work:
                - workers: [gpu1, gpu2]
                  strategy: best-first
                  invalidate:
                    capacity_used: 80%
                    max_concurrent_invocations: 4
                  affinity: [cache, "!heavy"]
                - workers: "*"
              followup: default
            - default:
                - workers: "*"
                  strategy: platform
            """));
  }

  @Test
  void whatIsTheDefaultIsNotShown() throws InvalidScriptException {
    String plain = json("- a: [{workers: [w]}]");

    assertEquals(plain, json("- a: [{workers: [wrk: w]}]\n  strategy: best_first"));
    assertEquals(plain, json("- a: [{workers: [w], invalidate: {overload: false}}]"));
  }

  @Test
  void additionsAreShownWhereAScriptUsesThem() throws InvalidScriptException {
    assertEquals(
        "{\"tags\":{\"a\":{\"blocks\":[{\"workers\":["
            + "{\"set\":\"\",\"strategy\":\"platform\"},"
            + "{\"set\":\"gpu\",\"strategy\":\"min_latency\",\"invalidate\":"
            + "{\"capacity_used\":80.5,\"max_concurrent_invocations\":\"infinity\","
            + "\"overload\":true}}],"
            + "\"strategy\":\"random\",\"invalidate\":"
            + "{\"capacity_used\":\"infinity\",\"max_concurrent_invocations\":0,"
            + "\"max_latency\":10.25},"
            + "\"affinity\":"
            + NO_AFFINITY
            + ",\"controller\":\"core1\",\"topology_tolerance\":\"none\"},"
            + "{\"workers\":[\"v\",{\"wrk\":\"w\",\"invalidate\":"
            + NEVER
            + "}],\"strategy\":\"best-first\",\"invalidate\":"
            + NEVER
            + ",\"affinity\":"
            + NO_AFFINITY
            + ",\"controller\":\"core1\"}],"
            + "\"followup\":\"fail\",\"strategy\":\"random\"}}}",
        json(
            """
            - a:
                - workers:
                    - set:
                    - set: gpu
                      strategy: min_latency
                      invalidate: [overload, {capacity_used: 80.5%}]
                  strategy: random
                  invalidate: {max_concurrent_invocations: 0, max_latency: 10.25}
                  controller: core1
                  topology_tolerance: none
                - workers: [wrk: v, {wrk: w, invalidate: {}}]
                  controller: core1
              strategy: random
            """));
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80",
    "80.0, 80",
    "80.50, 80.5",
    "0, 0",
    "0.5%, 0.5",
    "100%, 100",
    "99.9999999999999, 99.9999999999999"
  })
  void wholeNumbersHaveNoPoint(String text, String shown) throws InvalidScriptException {
    String json = json("- a: [{workers: '*', invalidate: {capacity_used: " + text + "}}]");

    assertEquals(shown, json.replaceAll(".*\"capacity_used\":([^,}]*).*", "$1"));
  }

  @Test
  void bigNumbersStayWhatTheyAre() throws InvalidScriptException {
    String json = json("- a: [{workers: '*', invalidate: {max_latency: 999999999999999}}]");

    assertEquals("999999999999999", json.replaceAll(".*\"max_latency\":([^,}]*).*", "$1"));
  }

  @Test
  void namesOfAnyKindAreEscaped() throws InvalidScriptException, JsonProcessingException {
    String script = "- \"a\\\"b\\\\c\\nd\": [{workers: ['</x>', \"x\\u2028\"]}]";

    assertEquals(
        AppJson.tree(AppParser.parse(script)),
        new ObjectMapper().readTree(AppJson.text(AppParser.parse(script))));
  }

  private static String json(String script) throws InvalidScriptException {
    return AppJson.text(AppParser.parse(script));
  }
}
