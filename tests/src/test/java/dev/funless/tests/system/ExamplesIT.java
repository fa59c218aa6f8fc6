package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example functions, in every language and of both kinds, on the platform. */
class ExamplesIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final String LOOPBACK = "127.0.0.1";

  private final Client client = PLATFORM.get().guest();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c",
        "c-wasi",
        "rust",
        "rust-wasi",
        "assemblyscript",
        "assemblyscript-wasi",
        "wat",
        "wat-wasi"
      })
  void helloGreets(String made) {
    String name = deployed("hello-" + made);

    assertEquals(greeting("World"), client.post("/v1/fn/_/" + name, "").object());
    for (String who :
        new String[] {"Ada", "", "Zoë 😀", "a \"quoted\" one\n", "x".repeat(300_000)}) {
      assertEquals(greeting(who), client.invoke(name, new JsonObject().put("name", who)).object());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c",
        "c-wasi",
        "rust",
        "rust-wasi",
        "assemblyscript",
        "assemblyscript-wasi",
        "wat",
        "wat-wasi"
      })
  void echoGivesItsInputBack(String made) {
    String name = deployed("echo-" + made);

    for (String args :
        new String[] {
          "{}", "{\"a\": [1, \"é\\n😀\", null]}", "{\"text\":\"" + "y".repeat(500_000) + "\"}"
        }) {
      Answer answer = client.post("/v1/fn/_/" + name, "{\"args\":" + args + "}");
      assertEquals(200, answer.status());
      assertEquals("{\"data\":" + args + "}", answer.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "rust", "assemblyscript"})
  void failGivesItsErrorText(String made) {
    String name = deployed("fail-" + made);

    Answer answer = client.invoke(name, new JsonObject().put("message", "no luck 😀"));

    assertEquals(422, answer.status());
    assertEquals("Error: no luck 😀", answer.detail());
  }

  @Test
  void failInWatAlwaysGivesTheSameText() {
    String name = deployed("fail-wat");

    Answer answer = client.invoke(name, new JsonObject());

    assertEquals(422, answer.status());
    assertEquals("Error: This function always fails.", answer.detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"c-wasi", "rust-wasi", "assemblyscript-wasi", "wat-wasi"})
  void aCommandThatFailsGivesItsExitCode(String made) {
    String name = deployed("fail-" + made);

    Answer answer = client.invoke(name, new JsonObject());

    assertEquals(422, answer.status());
    assertTrue(answer.detail().startsWith("Error: "), answer.detail());
    assertTrue(answer.detail().contains("exit") && answer.detail().contains("1"), answer.detail());
  }

  @Test
  void crunchComputes() {
    String name = deployed("crunch");

    Answer answer = client.invoke(name, new JsonObject().put("n", 1_000));

    assertEquals(checksum(1_000), answer.object().getLong("checksum"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs", "logs-wasi"})
  void functionsThatLogAnswerToo(String example) {
    String name = deployed(example);

    assertEquals(
        new JsonObject().put("lines", 1_000),
        client.invoke(name, new JsonObject().put("lines", 1_000)).object());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep", "sleep-wasi"})
  void sleepTakesItsTime(String example) {
    String name = deployed(example);
    long start = System.nanoTime();

    Answer answer = client.invoke(name, new JsonObject().put("ms", 300));

    assertEquals(new JsonObject().put("slept_ms", 300), answer.object());
    assertTrue(System.nanoTime() - start >= 300_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-2.50e3", "\"text\"", "[]", "[null]", "true", "{}"})
  void everyKindOfJsonValueIsAnArgumentAndAnAnswer(String json) {
    String name = deployed("echo-rust");

    assertEquals(
        "{\"data\":" + json + "}",
        client.post("/v1/fn/_/" + name, "{\"args\":" + json + "}").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "rust", "assemblyscript", "wat"})
  void fetchCallsOutWhereItsMetadataAllowsIt(String made) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "it works".getBytes(UTF_8);
          exchange.sendResponseHeaders(203, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String host = LOOPBACK + ":" + server.getAddress().getPort();
      JsonObject args = new JsonObject().put("url", "http://" + host + "/");
      byte[] code = Checkout.wasm("fetch-" + made);
      client.deploy("fetch_" + made, Form.of("fetch_" + made, code));
      client.deploy(
          "fetch_near_" + made,
          Form.of("fetch_near_" + made, code)
              .text("metadata", "{\"allowed_hosts\":[\"" + host + "\"]}"));

      assertEquals(
          new JsonObject().put("status", 0).put("body", ""),
          client.invoke("fetch_" + made, args).object());
      assertEquals(
          new JsonObject().put("status", 203).put("body", "it works"),
          client.invoke("fetch_near_" + made, args).object());
    } finally {
      server.stop(0);
    }
  }

  private String deployed(String example) {
    String name = "example_" + example.replace('-', '_');
    if (client.get("/v1/fn/_/" + name).status() == 404) {
      client.deploy(name, example);
    }
    return name;
  }

  private static JsonObject greeting(String who) {
    return new JsonObject().put("payload", "Hello " + who + "!");
  }

  /** What crunch computes. */
  private static long checksum(int rounds) {
    int x = (int) 2_463_534_242L;
    int sum = 0;
    for (int i = 0; i < rounds; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      sum += x;
    }
    return Integer.toUnsignedLong(sum);
  }
}
