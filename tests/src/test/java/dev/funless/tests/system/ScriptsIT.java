package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/scripts/app} and {@code /v1/scripts/app/:name}: configuration scripts. */
class ScriptsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final String PATH = "/v1/scripts/app";
  private static final int MAX_BYTES = 64 * 1024;
  private static final Duration READ_MEANWHILE = Duration.ofMillis(100);
  private static final String ANYWHERE = "- default:\n    - workers: \"*\"\n";

  /** The example of the description of FunLess. */
  private static final String EXAMPLE =
      """
      - image_work:
          - workers: [gpu1, gpu2]        # long names, or "*" for all
            strategy: best-first         # best-first (default) | random | platform
            invalidate:
              capacity_used: 80%         # (total - available + capacity) / total, in percent
              max_concurrent_invocations: 4
            affinity: [cache, "!heavy"]  # run where a function tagged cache runs
          - workers: "*"
        followup: default                # default: try the tag named default | fail (default)
      - default:
          - workers: "*"
            strategy: platform
      """;

  private static final String EXAMPLE_AS_JSON =
      """
      {"tags": {
        "image_work": {
          "blocks": [
            {"workers": ["gpu1", "gpu2"],
             "strategy": "best-first",
             "invalidate": {"capacity_used": 80, "max_concurrent_invocations": 4},
             "affinity": {"affinity": ["cache"], "antiaffinity": ["heavy"]}},
            {"workers": "*",
             "strategy": "best-first",
             "invalidate":
                 {"capacity_used": "infinity", "max_concurrent_invocations": "infinity"},
             "affinity": {"affinity": [], "antiaffinity": []}}],
          "followup": "default"},
        "default": {
          "blocks": [
            {"workers": "*",
             "strategy": "platform",
             "invalidate":
                 {"capacity_used": "infinity", "max_concurrent_invocations": "infinity"},
             "affinity": {"affinity": [], "antiaffinity": []}}],
          "followup": "fail"}}}
      """;

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @Test
  void createsShowsListsAndDeletesAScript() {
    JsonObject made =
        new JsonObject().put("name", "made").put("script", new JsonObject(EXAMPLE_AS_JSON));

    Answer created = client.post(PATH, Form.script("made", EXAMPLE));

    assertEquals(201, created.status(), created.body());
    assertEquals(new JsonObject().put("data", made), created.json());
    Answer shown = client.get(PATH + "/made");
    assertEquals(200, shown.status());
    assertEquals(made.copy().put("source", EXAMPLE), shown.object());
    Answer listed = client.get(PATH);
    assertEquals(200, listed.status());
    assertTrue(listed.array().contains(new JsonObject().put("name", "made")), listed.body());

    Answer deleted = client.delete(PATH + "/made");
    assertEquals(204, deleted.status());
    assertEquals("", deleted.body());
    assertEquals(404, client.get(PATH + "/made").status());
    assertEquals(404, client.delete(PATH + "/made").status());
    assertFalse(client.get(PATH).array().contains(new JsonObject().put("name", "made")));
  }

  @Test
  void namesAreListedInOrder() {
    client.store("ordered_b", ANYWHERE);
    client.store("ordered_a", ANYWHERE);

    List<String> ordered =
        client.get(PATH).array().stream()
            .map(script -> ((JsonObject) script).getString("name"))
            .filter(name -> name.startsWith("ordered_"))
            .toList();

    assertEquals(List.of("ordered_a", "ordered_b"), ordered);
    delete("ordered_a", "ordered_b");
  }

  @Test
  void theScriptMayBeATextField() {
    Form form = Form.empty().text("file", EXAMPLE).text("name", "as_text");

    Answer created = client.post(PATH, form);

    assertEquals(201, created.status(), created.body());
    assertEquals(
        new JsonObject(EXAMPLE_AS_JSON), created.object().getJsonObject("script"), created.body());
    assertEquals(EXAMPLE, source("as_text"));
    delete("as_text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- default:\r\n    - workers: \"*\"\r\n",
        "# é😀\u2028\n\n- default:\n    - workers: [\"wörker 😀\"]\n\n# ends without a line end",
        "\uFEFF- default:\n    - workers: \"*\"\n",
        "---\n- \"default\": [{workers: '*'}]\n...\n",
        "- \"a\\0b\":\n    - workers: \"*\"\n"
      })
  void theSourceIsKeptExactlyAsItWasSent(String script) {
    client.store("exact", script);

    assertEquals(script, source("exact"));
    assertEquals(200, client.put(PATH + "/exact", Form.empty().text("file", script)).status());
    assertEquals(script, source("exact"));
    delete("exact");
  }

  @Test
  void replacesAScriptWithOrWithoutRepeatingItsName() {
    client.store("replaced", ANYWHERE);

    Answer named = client.put(PATH + "/replaced", Form.script("replaced", EXAMPLE));
    assertEquals(200, named.status(), named.body());
    assertEquals(
        new JsonObject().put("name", "replaced").put("script", new JsonObject(EXAMPLE_AS_JSON)),
        named.object());
    assertEquals(EXAMPLE, source("replaced"));

    Answer unnamed = client.put(PATH + "/replaced", Form.empty().text("file", ANYWHERE));
    assertEquals(200, unnamed.status(), unnamed.body());
    assertEquals(ANYWHERE, source("replaced"));
    delete("replaced");
  }

  @Test
  void aScriptIsNotRenamed() {
    client.store("steady", ANYWHERE);

    Answer answer = client.put(PATH + "/steady", Form.script("other", EXAMPLE));

    assertEquals(422, answer.status());
    assertEquals("{\"errors\":{\"name\":[\"can't be changed\"]}}", answer.body());
    assertEquals(ANYWHERE, source("steady"));
    assertEquals(404, client.get(PATH + "/other").status());
    delete("steady");
  }

  @Test
  void aScriptThatCannotBeUsedLeavesTheOneThatIsThere() {
    client.store("lasting", ANYWHERE);

    assertEquals(422, client.put(PATH + "/lasting", Form.script("lasting", "[]")).status());
    assertEquals(400, client.put(PATH + "/lasting", Form.script("lasting", "- a: [")).status());
    assertEquals(400, client.put(PATH + "/lasting", Form.empty()).status());

    assertEquals(ANYWHERE, source("lasting"));
    delete("lasting");
  }

  @Test
  void refusesATakenName() {
    client.store("taken_script", ANYWHERE);

    Answer answer = client.post(PATH, Form.script("taken_script", EXAMPLE));

    assertEquals(422, answer.status());
    assertEquals("{\"errors\":{\"name\":[\"has already been taken\"]}}", answer.body());
    assertEquals(ANYWHERE, source("taken_script"));
    delete("taken_script");
  }

  @Test
  void ofManyWhoTakeANameAtOnceOneGetsIt() {
    List<CompletableFuture<Integer>> statuses =
        IntStream.range(0, 8)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> client.post(PATH, Form.script("contended", EXAMPLE)).status()))
            .toList();

    List<Integer> sorted = statuses.stream().map(CompletableFuture::join).sorted().toList();

    assertEquals(List.of(201, 422, 422, 422, 422, 422, 422, 422), sorted);
    delete("contended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a-b", "a/b", "ä", "", "😀", "../x", "a.b"})
  void refusesANameThatBreaksTheRule(String name) {
    assertEquals(422, client.post(PATH, Form.script(name, ANYWHERE)).status());
  }

  @Test
  void takesANameOf160CharactersAndNoLongerOne() {
    String longest = "s".repeat(160);

    client.store(longest, ANYWHERE);
    assertEquals(ANYWHERE, source(longest));
    Answer longer = client.post(PATH, Form.script(longest + "s", ANYWHERE));
    assertEquals(422, longer.status());
    assertEquals(
        "{\"errors\":{\"name\":[\"must be 1 to 160 characters of letters A to Z, digits and"
            + " underscores\"]}}",
        longer.body());
    delete(longest);
  }

  @Test
  void aMissingPartIs400() {
    byte[] script = EXAMPLE.getBytes(UTF_8);
    List<Form> forms =
        List.of(
            Form.empty(),
            Form.empty().text("name", "partial"),
            Form.empty().file("file", script),
            Form.empty().text("name", "partial").file("script", script),
            Form.empty().text("name", "partial").file("file", script).file("file", script),
            Form.empty().text("name", "partial").file("file", script).text("file", EXAMPLE));

    for (Form form : forms) {
      Answer answer = client.post(PATH, form);
      assertEquals(400, answer.status(), answer.body());
      assertEquals("malformed", answer.error());
      assertTrue(answer.detail().startsWith("The part '"), answer.detail());
    }
    assertEquals(404, client.get(PATH + "/partial").status());
  }

  @Test
  void aBodyThatIsNoFormIs400() {
    for (Answer answer :
        List.of(
            client.post(PATH, "{\"name\":\"x\"}"), client.put(PATH + "/x", "{\"name\":\"x\"}"))) {
      assertEquals(400, answer.status(), answer.body());
      assertEquals(
          "The body must be a form (multipart/form-data, with a boundary).", answer.detail());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- default: [ | Line 1, column",
        "- default:\\n\\t- workers: x | Line 2, column 1",
        "- default:\\n  - workers: * | Line 2, column",
        "- default:\\n  - workers: \"x | Line 2, column",
        "- a\\0: b | Line 1, column 4"
      })
  void whatIsNoYamlIs400WithLineAndColumn(String script, String place) {
    String text = script.translateEscapes();

    Answer answer = client.post(PATH, Form.script("no_yaml", text));

    assertEquals(400, answer.status(), answer.body());
    assertEquals("invalid_script", answer.error());
    assertTrue(answer.detail().startsWith(place), answer.detail());
    assertTrue(answer.detail().contains(": the text is no YAML: "), answer.detail());
    assertEquals(404, client.get(PATH + "/no_yaml").status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | Line 1: the script is empty.",
        "- 5 | Line 1: an item must be a tag with its blocks, not '5'.",
        "- t: [] | Line 1, tag 't': a tag must have a list of blocks, not an empty list.",
        "- t:\\n  - workers: '*'\\n    strategy: fastest |"
            + " Line 3, tag 't', block 1: 'strategy' must be best-first, random, platform or"
            + " min_latency, not 'fastest'.",
        "- t:\\n  - workers: '*'\\n  - wrokers: '*' |"
            + " Line 3, tag 't', block 2: there is no key 'wrokers'",
        "- t:\\n  - workers: '*'\\n    invalidate:\\n      capacity_used: 101% |"
            + " Line 4, tag 't', block 1: 'capacity_used' must be a percentage from 0 to 100",
        "- t:\\n  - workers: '*'\\n- t:\\n  - workers: '*' |"
            + " Line 3, tag 't': the tag is already in line 1."
      })
  void yamlThatIsNoScriptIs422WithItsPlace(String script, String detail) {
    String text = script.translateEscapes();

    Answer answer = client.post(PATH, Form.script("no_script", text));

    assertEquals(422, answer.status(), answer.body());
    assertEquals("invalid_script", answer.error());
    assertTrue(answer.detail().startsWith(detail), answer.detail());
    assertEquals(404, client.get(PATH + "/no_script").status());
  }

  @Test
  void takesAScriptOf64KibibytesAndNoLargerOne() {
    String largest = ANYWHERE + "#".repeat(MAX_BYTES - ANYWHERE.length());

    for (Form form :
        List.of(
            Form.script("larger", largest + "#"),
            Form.empty().text("name", "larger").text("file", largest + "#"),
            Form.script("larger", "é".repeat(MAX_BYTES / 2 + 1)),
            Form.script("larger", "#".repeat(3 * 1024 * 1024)),
            Form.empty().text("name", "larger").text("file", "#".repeat(3 * 1024 * 1024)))) {
      Answer answer = client.post(PATH, form);
      assertEquals(413, answer.status(), answer.body());
      assertEquals("too_large", answer.error());
    }
    assertEquals(404, client.get(PATH + "/larger").status());
    client.store("largest", largest);
    assertEquals(largest, source("largest"));
    delete("largest");
  }

  @Test
  void whatIsNotUtf8Is400() {
    byte[] latin1 = {'#', ' ', (byte) 0xe9, '\n'};
    byte[] overlong = {'#', ' ', (byte) 0xc0, (byte) 0xaf, '\n'};

    for (Form form :
        List.of(
            Form.empty().file("file", latin1),
            Form.empty().file("file", overlong),
            Form.empty().text("file", latin1))) {
      Answer answer = client.post(PATH, form.text("name", "foreign"));
      assertEquals(400, answer.status(), answer.body());
      assertEquals("malformed", answer.error());
      assertEquals("The script is not a text in UTF-8.", answer.detail());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n--", "*\"\n\r\n--"})
  void aScriptIsTheSameWhereverTheNetworkCutsTheForm(String end) throws IOException {
    byte[] form = Form.script("cut", ANYWHERE).bytes();
    int at = new String(form, UTF_8).lastIndexOf(end);
    client.store("cut", EXAMPLE);

    for (int cut = at; cut <= at + end.length(); cut++) {
      try (RawHttp http = new RawHttp(platform.core().port())) {
        http.send(
            "PUT %s/cut HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                    .formatted(PATH, platform.tokens().guest())
                + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n"
                    .formatted(Form.CONTENT_TYPE, form.length));
        http.send(Arrays.copyOf(form, cut));
        Eventually.pause(READ_MEANWHILE);
        http.send(Arrays.copyOfRange(form, cut, form.length));
        assertEquals(200, http.answer().status());
      }
      assertEquals(ANYWHERE, source("cut"), "cut " + (cut - at) + " bytes behind the script");
    }
    delete("cut");
  }

  @Test
  void nothingIsDoneWithoutAToken() {
    client.store("guarded", ANYWHERE);
    Client anybody = Client.of(platform.core().port());

    for (Answer answer :
        List.of(
            anybody.get(PATH),
            anybody.post(PATH, Form.script("smuggled", EXAMPLE)),
            anybody.get(PATH + "/guarded"),
            anybody.put(PATH + "/guarded", Form.script("guarded", EXAMPLE)),
            anybody.delete(PATH + "/guarded"))) {
      assertEquals(401, answer.status(), answer.body());
      assertEquals("unauthorized", answer.error());
    }
    assertEquals(ANYWHERE, source("guarded"));
    assertEquals(404, client.get(PATH + "/smuggled").status());
    delete("guarded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "a-b", "%20", "%C3%A4"})
  void answers404ForAScriptThatDoesNotExist(String name) {
    for (Answer answer :
        List.of(
            client.get(PATH + "/" + name),
            client.put(PATH + "/" + name, Form.empty().text("file", EXAMPLE)),
            client.delete(PATH + "/" + name))) {
      assertEquals(404, answer.status(), answer.body());
      assertEquals("no_such_script", answer.error());
    }
    assertEquals(
        "There is no script 'missing'.",
        client.put(PATH + "/missing", Form.script("missing", EXAMPLE)).detail());
  }

  private String source(String name) {
    return client.get(PATH + "/" + name).object().getString("source");
  }

  private void delete(String... names) {
    for (String name : names) {
      assertEquals(204, client.delete(PATH + "/" + name).status(), name);
    }
  }
}
