package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import dev.funless.tests.system.RawHttp.RawAnswer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose JSON is malformed, or too large, or that are no HTTP. */
class BadJsonIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final int MAX_BODY = 1024 * 1024;

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void deploy() {
    PLATFORM.get().guest().deploy("steady", "echo-wat");
  }

  @AfterEach
  void aNormalCallWorks() {
    assertEquals(
        "{\"data\":{\"ok\":1}}", client.invoke("steady", new JsonObject().put("ok", 1)).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "[1",
        "null",
        "5",
        "\"text\"",
        "{\"args\":}",
        "{\"args\":{}",
        "{\"args\":{}}}",
        "{\"args\":{}} {}",
        "{'args':{}}",
        "{\"args\":{\"a\":01}}",
        "{\"args\":nul}",
        "{\"args\":\"\\x\"}",
        "{\"args\":\"\u0001\"}",
        "{\"args\":{\"a\" 1}}",
        "nonsense",
        "<a/>",
        "{\"args\":NaN}",
        "{\"args\":{}}x",
        "{\"args\":\"\\ud8\"}",
        "{,}",
        "{\"args\":{},}"
      })
  void malformedJsonIs400(String body) {
    for (Answer answer :
        new Answer[] {
          client.post("/v1/fn/_/steady", body),
          client.post("/v1/fn", body),
          client.put("/v1/fn/_", body),
          platform.admin().post("/v1/admin/subjects", body)
        }) {
      isOneSentence(400, answer);
    }
  }

  @Test
  void bytesThatAreNoUtf8Are400() {
    byte[] body = {'{', '"', 'a', 'r', 'g', 's', '"', ':', '"', (byte) 0xc3, '"', '}'};

    isOneSentence(
        400, client.post("/v1/fn/_/steady", "application/json", BodyPublishers.ofByteArray(body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"module\":5}", "{\"module\":[]}", "{\"module\":\"name\"}"})
  void aModuleThatIsNoObjectIs400(String body) {
    isOneSentence(400, client.post("/v1/fn", body));
  }

  @ParameterizedTest
  @ValueSource(ints = {513, 10_000, 500_000})
  void jsonThatNestsTooDeeplyIs400(int depth) {
    String deep = "[".repeat(depth) + "]".repeat(depth);

    isOneSentence(400, client.post("/v1/fn/_/steady", "{\"args\":" + deep + "}"));
    isOneSentence(400, client.post("/v1/fn/_/steady", "{\"other\":" + deep + "}"));
    isOneSentence(400, client.post("/v1/fn/_/steady", "{\"scheduling\":" + deep + "}"));
  }

  @Test
  void aModulesBodyThatNestsTooDeeplyIs400() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    isOneSentence(400, client.post("/v1/fn", "{\"module\":{\"name\":" + deep + "}}"));
  }

  @Test
  void jsonThatNestsLessDeeplyReachesTheFunction() {
    String deep = "[".repeat(500) + "]".repeat(500);

    assertEquals(
        "{\"data\":" + deep + "}",
        client.post("/v1/fn/_/steady", "{\"args\":" + deep + "}").body());
  }

  @Test
  void aLongNumberAndALongKeyReachTheFunction() {
    String args = "{\"" + "k".repeat(100_000) + "\":" + "9".repeat(100_000) + "}";

    assertEquals(
        "{\"data\":" + args + "}",
        client.post("/v1/fn/_/steady", "{\"args\":" + args + "}").body());
  }

  @Test
  void aBodyThatSaysItIsTooLargeIs413() {
    String large = "{\"args\":\"" + "x".repeat(MAX_BODY) + "\"}";

    isOneSentence(413, client.post("/v1/fn/_/steady", large));
    isOneSentence(413, client.post("/v1/fn", large));
    isOneSentence(413, platform.admin().post("/v1/admin/subjects", large));
  }

  @Test
  void aBodyThatTurnsOutTooLargeIs413() {
    byte[] large = ("{\"args\":\"" + "x".repeat(4 * MAX_BODY) + "\"}").getBytes(UTF_8);

    isOneSentence(
        413,
        client.post(
            "/v1/fn/_/steady",
            "application/json",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
  }

  @Test
  void aBodyOfGigabytesIsRefusedBeforeItIsSent() throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.send(head("POST", "/v1/fn/_/steady") + "Content-Length: 9000000000\r\n\r\n");
      RawAnswer answer = http.answer();
      assertEquals(413, answer.status());
      assertTrue(answer.has("connection: close"), answer.toString());
    }
  }

  @Test
  void whoWaitsForTheGoAheadGetsIt() throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.send(
          head("POST", "/v1/fn/_/steady") + "Expect: 100-continue\r\nContent-Length: 15\r\n\r\n");
      assertEquals(100, http.answer().status());
      http.send("{\"args\":{\"a\":1}");
      http.endOutput();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "POST /v1/fn/_/steady HTTP/1.1\r\nContent-Length: abc\r\n\r\n",
        "POST /v1/fn/_/steady HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
        "POST /v1/fn/_/steady HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "GET /v1/fn/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0000\u0001\u0002\u0003\r\n\r\n"
      })
  void whatIsNoHttpIsRefusedOrEndsTheConnection(String bytes) throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.send(bytes);
      http.endOutput();
      int status = http.answer().status();
      assertTrue(Set.of(0, 400, 401, 404).contains(status), "status " + status);
    }
  }

  @Test
  void aHeaderThatIsTooLongIsRefused() throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.trySend(
          (head("GET", "/v1/fn") + "X-Long: " + "x".repeat(100_000) + "\r\n\r\n").getBytes(UTF_8));
      int status = http.answer().status();
      assertTrue(Set.of(0, 400, 431).contains(status), "status " + status);
    }
  }

  @Test
  void aCallerWhoLeavesInTheMiddleHarmsNobody() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawHttp http = new RawHttp(platform.core().port())) {
        http.send(head("POST", "/v1/fn/_/steady") + "Content-Length: 1000\r\n\r\n{\"args\":");
      }
    }
  }

  private String head(String method, String path) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
        .formatted(method, path, platform.tokens().guest());
  }

  private static void isOneSentence(int status, Answer answer) {
    assertEquals(status, answer.status(), answer.body());
    assertEquals(Set.of("errors"), answer.json().fieldNames());
    assertEquals(Set.of("detail"), answer.json().getJsonObject("errors").fieldNames());
    assertTrue(answer.detail().matches("[A-Z'][^\\n]{5,300}\\."), answer.detail());
    assertTrue(!answer.error().isEmpty(), "Funless-Error");
  }
}
