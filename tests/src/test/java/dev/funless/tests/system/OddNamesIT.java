package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import dev.funless.tests.system.RawHttp.RawAnswer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in paths that break the rule for names: they name nothing. */
class OddNamesIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final byte[] ECHO = Checkout.wasm("echo-wat");

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%2Fb",
        "..%2f..%2fetc",
        "a%20b",
        "a-b",
        "%C3%A9",
        "%F0%9F%98%80",
        "a%00b",
        "%0d%0aX-Header:%20y",
        "%22",
        "%27%3B--",
        "a.b",
        "*",
        "a%5Cb",
        "%ff%fe",
        "_%2F_",
        "a;b=c"
      })
  void aNameWithOddCharactersNamesNothing(String name) {
    is404(client.get("/v1/fn/" + name));
    is404(client.delete("/v1/fn/" + name));
    is404(client.put("/v1/fn/" + name, "{\"module\":{\"name\":\"fine\"}}"));
    is404(client.post("/v1/fn/" + name, Form.of("fine", ECHO)));
    is404(client.get("/v1/fn/_/" + name));
    is404(client.delete("/v1/fn/_/" + name));
    is404(client.put("/v1/fn/_/" + name, Form.of("fine", ECHO)));
    is404(client.post("/v1/fn/_/" + name, "{}"));
    is404(client.post("/v1/fn/" + name + "/" + name, "{}"));
  }

  @Test
  void aNameOf161CharactersNamesNothingAndIsNotRepeatedWhole() {
    String long161 = "n".repeat(161);

    for (Answer answer :
        List.of(client.get("/v1/fn/" + long161), client.post("/v1/fn/_/" + long161, "{}"))) {
      is404(answer);
      assertTrue(!answer.body().contains(long161), answer.body());
    }
  }

  @Test
  void aQueryIsNoPartOfAName() {
    client.deploy("asked", "echo-wat");

    assertEquals(200, client.get("/v1/fn/_/asked?x=%2F&y").status());
    assertEquals("{\"data\":{}}", client.post("/v1/fn/_/asked?args=5", "{}").body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/fn/\u00e9",
        "/v1/fn/%",
        "/v1/fn/%4",
        "/v1/fn/%zz",
        "/v1/fn/../fn/_",
        "//v1//fn//_",
        "/v1/fn/a\u0001b",
        "http://elsewhere/v1/fn/none",
        "*",
        "v1/fn"
      })
  void aPathThatNoClientSendsIsAnsweredToo(String path) throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.send(
          "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(path, platform.tokens().guest()));
      RawAnswer answer = http.answer();
      assertTrue(
          List.of(0, 200, 400, 404).contains(answer.status()), path + " gave " + answer.status());
    }
    assertEquals(200, client.get("/v1/fn/_").status());
  }

  private static void is404(Answer answer) {
    assertEquals(404, answer.status(), answer.body());
    JsonObject errors = answer.json().getJsonObject("errors");
    assertTrue(errors.getString("detail").matches("There is no [^\\n]+\\."), answer.body());
  }
}
