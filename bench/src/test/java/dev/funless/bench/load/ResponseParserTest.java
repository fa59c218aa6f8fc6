package dev.funless.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {

  private static final String RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length: 5\r\n\r\nhello";

  private final ResponseParser parser = new ResponseParser(8);

  @Test
  void readsAResponseCutAtEveryPlace() throws Exception {
    byte[] whole = RESPONSE.getBytes(UTF_8);
    for (int cut = 0; cut < whole.length; cut++) {
      assertFalse(parser.read(ByteBuffer.wrap(whole, 0, cut)), "complete after " + cut + " bytes");
      assertTrue(parser.read(ByteBuffer.wrap(whole, cut, whole.length - cut)), "cut at " + cut);
      assertEquals(200, parser.status());
      assertTrue(parser.bodyIs("hello".getBytes(UTF_8)));
    }
  }

  @Test
  void readsAResponseByteByByte() throws Exception {
    byte[] whole = RESPONSE.getBytes(UTF_8);
    for (int i = 0; i < whole.length; i++) {
      assertEquals(i == whole.length - 1, parser.read(ByteBuffer.wrap(whole, i, 1)));
    }
    assertTrue(parser.bodyIs("hello".getBytes(UTF_8)));
  }

  @Test
  void leavesTheSecondOfTwoResponsesInTheBuffer() throws Exception {
    String second = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy";
    ByteBuffer both = buffer(RESPONSE + second);

    assertTrue(parser.read(both));
    assertEquals(second.length(), both.remaining());
    assertEquals(200, parser.status());

    assertTrue(parser.read(both));
    assertFalse(both.hasRemaining());
    assertEquals(503, parser.status());
    assertEquals("busy", parser.keptBody());
  }

  @Test
  void tellsAWrongBodyFromARightOne() throws Exception {
    assertTrue(parser.read(buffer(RESPONSE)));
    assertFalse(parser.bodyIs("hellO".getBytes(UTF_8)));
    assertFalse(parser.bodyIs("hell".getBytes(UTF_8)));
    assertFalse(parser.bodyIs("hello!".getBytes(UTF_8)));
  }

  @Test
  void forgetsThePreviousBody() throws Exception {
    assertTrue(parser.read(buffer(RESPONSE)));
    assertTrue(parser.read(buffer("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")));
    assertTrue(parser.bodyIs(new byte[0]));
    assertEquals("", parser.keptBody());
  }

  @Test
  void keepsTheStartOfABodyThatIsLongerThanWhatIsKept() throws Exception {
    assertTrue(parser.read(buffer("HTTP/1.1 200\r\nContent-Length: 10\r\n\r\n0123456789")));
    assertEquals("01234567", parser.keptBody());
    assertFalse(parser.bodyIs("0123456789".getBytes(UTF_8)), "two bytes were never compared");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2 200 OK\r\n",
        "hello\r\n",
        "\r\n",
        "HTTP/1.1 2000\r\n",
        "HTTP/1.1 2x0 OK\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: \r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4294967301\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
      })
  void rejectsWhatIsNoResponseWithALength(String text) {
    assertThrows(MalformedResponseException.class, () -> parser.read(buffer(text)));
  }

  @Test
  void rejectsAHeadWithoutAnEnd() {
    assertThrows(
        MalformedResponseException.class,
        () -> parser.read(buffer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000))));
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
