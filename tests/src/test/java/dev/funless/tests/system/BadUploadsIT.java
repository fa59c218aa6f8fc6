package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import dev.funless.tests.system.RawHttp.RawAnswer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that are malformed, incomplete or too large. */
class BadUploadsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final String PATH = "/v1/fn/_";
  private static final byte[] ECHO = Checkout.wasm("echo-wat");
  private static final long MAX_UPLOAD = 64L * 1024 * 1024;

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void deploy() {
    PLATFORM.get().guest().deploy("base", "echo-wat");
  }

  @AfterEach
  void aNormalCallWorksAndNothingWasStored() {
    assertEquals("{\"data\":{}}", client.invoke("base", new JsonObject()).body());
    assertEquals(404, client.get(PATH + "/bad").status());
  }

  @AfterAll
  static void noUploadIsLeftOnDisk() {
    Eventually.holds("no upload lies about", Duration.ofSeconds(5), BadUploadsIT::noUploads);
  }

  private static boolean noUploads() {
    try (Stream<Path> files = Files.list(PLATFORM.get().folder().resolve("uploads"))) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x"
      })
  void aBodyThatIsNoFormIs400(String contentType) {
    for (String body : new String[] {"{\"name\":\"bad\"}", "name=bad", ""}) {
      isOneSentence(400, client.post(PATH, contentType, BodyPublishers.ofString(body)));
    }
  }

  @Test
  void aBodyWithoutContentTypeIs400() throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.send(head(PATH) + "Content-Length: 2\r\n\r\n{}");
      assertEquals(400, http.answer().status());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 0.5, 0.9})
  void aFormThatIsCutOffIs400(double part) {
    byte[] whole = Form.of("bad", ECHO).bytes();
    byte[] cut = Arrays.copyOf(whole, (int) (whole.length * part));

    isOneSentence(400, client.post(PATH, Form.CONTENT_TYPE, BodyPublishers.ofByteArray(cut)));
  }

  @Test
  void aFormWithAnotherBoundaryThanItSaysIs400() {
    isOneSentence(
        400,
        client.post(
            PATH,
            "multipart/form-data; boundary=other",
            BodyPublishers.ofByteArray(Form.of("bad", ECHO).bytes())));
  }

  @Test
  void aFormWhosePartsHaveNoNamesIs400() {
    String body =
        "--%s\r\nContent-Disposition: form-data\r\n\r\nbad\r\n--%s--\r\n"
            .formatted(Form.BOUNDARY, Form.BOUNDARY);

    isOneSentence(400, client.post(PATH, Form.CONTENT_TYPE, BodyPublishers.ofString(body)));
  }

  @Test
  void missingPartsAre400() {
    isOneSentence(400, client.post(PATH, Form.empty()));
    Answer noName = client.post(PATH, Form.empty().file("code", ECHO));
    isOneSentence(400, noName);
    assertEquals("The part 'name' is missing.", noName.detail());
    Answer noCode = client.post(PATH, Form.empty().text("name", "bad"));
    isOneSentence(400, noCode);
    assertEquals("The part 'code' is missing.", noCode.detail());
  }

  @Test
  void codeThatIsNoFileOrComesTwiceIs400() {
    isOneSentence(400, client.post(PATH, Form.empty().text("name", "bad").text("code", "x")));
    isOneSentence(400, client.post(PATH, Form.of("bad", ECHO).file("code", ECHO)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metadata | nonsense",
        "metadata | [1]",
        "metadata | 5",
        "metadata | null",
        "metadata | {} {}",
        "metadata | {\"capacity\":\"64\"}",
        "metadata | {\"capacity\":-1}",
        "metadata | {\"capacity\":1.5}",
        "metadata | {\"tag\":5}",
        "metadata | {\"unknown_key\":1}",
        "metadata | {\"timeout_ms\":0}",
        "metadata | {\"timeout_ms\":600001}",
        "metadata | {\"memory_mb\":1025}",
        "metadata | {\"memory_mb\":99999999999999999999}",
        "metadata | {\"allowed_hosts\":[\"a b\"]}",
        "metadata | {\"env\":{\"A\":5}}",
        "metadata | {\"scheduling\":{\"language\":\"app\"}}",
        "metadata | {\"tag\":\"a\",\"tag\":\"b\"}",
        "events | nonsense",
        "events | {}",
        "events | [1]",
        "sinks | nonsense",
        "sinks | {\"type\":\"x\"}",
        "sinks | [\"x\"]",
        "wait_for_workers | maybe"
      })
  void aPartThatIsMalformedIs400(String part, String value) {
    isOneSentence(400, client.post(PATH, Form.of("bad", ECHO).text(part, value)));
    isOneSentence(400, client.put(PATH + "/base", Form.of("base", ECHO).text(part, value)));
  }

  @Test
  void metadataThatNestsDeeplyIs400() {
    String deep = "{\"tag\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    isOneSentence(400, client.post(PATH, Form.of("bad", ECHO).text("metadata", deep)));
    isOneSentence(400, client.post(PATH, Form.of("bad", ECHO).text("events", deep)));
  }

  @Test
  void anUploadThatSaysItIsTooLargeIs413() throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.send(
          head(PATH)
              + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n"
                  .formatted(Form.CONTENT_TYPE, MAX_UPLOAD + 1_000));
      http.trySend(formStart());
      isTooLarge(http.answer());
    }
  }

  @Test
  void anUploadThatTurnsOutTooLargeIs413() throws IOException {
    try (RawHttp http = new RawHttp(platform.core().port())) {
      http.send(
          head(PATH)
              + "Content-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                  .formatted(Form.CONTENT_TYPE));
      boolean open = http.trySend(chunk(formStart()));
      byte[] mebibyte = chunk(new byte[1024 * 1024]);
      for (int i = 0; open && i < 80; i++) {
        open = http.trySend(mebibyte);
      }
      RawAnswer answer = http.answer();
      // The answer may be lost where the connection is closed while the caller still sends.
      if (answer.status() != 0) {
        isTooLarge(answer);
      }
      assertTrue(!open || answer.status() == 413, "more was taken than is allowed");
    }
  }

  @Test
  void aCallerWhoLeavesInTheMiddleHarmsNobody() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawHttp http = new RawHttp(platform.core().port())) {
        http.send(
            head(PATH)
                + "Content-Type: %s\r\nContent-Length: 1000000\r\n\r\n"
                    .formatted(Form.CONTENT_TYPE));
        http.send(formStart());
        http.send(new byte[10_000]);
      }
    }
    // More than may be under way at once: their places come back, each once the core has seen that
    // its caller left.
    Eventually.holds(
        "uploads are taken again, as many as may be under way and more",
        Duration.ofSeconds(10),
        () ->
            IntStream.range(0, 10).allMatch(_ -> client.post(PATH, Form.empty()).status() == 400));
  }

  private static byte[] formStart() {
    return "--%s\r\nContent-Disposition: form-data; name=\"code\"; filename=\"c\"\r\n\r\n"
        .formatted(Form.BOUNDARY)
        .getBytes(UTF_8);
  }

  private static byte[] chunk(byte[] bytes) {
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8);
    byte[] chunk = Arrays.copyOf(size, size.length + bytes.length + 2);
    System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    return chunk;
  }

  private String head(String path) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
        .formatted(path, platform.tokens().guest());
  }

  private static void isTooLarge(RawAnswer answer) {
    assertEquals(413, answer.status(), answer.toString());
    assertEquals(
        "The request is larger than the " + MAX_UPLOAD + " bytes that are allowed.",
        new JsonObject(answer.body()).getJsonObject("errors").getString("detail"));
  }

  private static void isOneSentence(int status, Answer answer) {
    assertEquals(status, answer.status(), answer.body());
    assertEquals(Set.of("errors"), answer.json().fieldNames());
    assertEquals(Set.of("detail"), answer.json().getJsonObject("errors").fieldNames());
    assertTrue(answer.detail().matches("[A-Zem'][^\\n]{5,300}\\."), answer.detail());
    assertTrue(!answer.error().isEmpty(), "Funless-Error");
  }
}
