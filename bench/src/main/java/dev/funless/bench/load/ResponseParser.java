package dev.funless.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads HTTP/1.1 responses that carry a Content-Length, one after the other, from packets cut
 * anywhere. It allocates nothing per response, as it shares its cores with the servers under test.
 *
 * <p>Chunked responses, heads over 16 KiB and bodies over 999,999,999 bytes are malformed here. Not
 * thread-safe.
 */
public final class ResponseParser {

  private static final int MAX_HEAD_BYTES = 16 * 1024;
  private static final int LONGEST_LENGTH_DIGITS = 9;
  private static final byte[] VERSION = "http/1.".getBytes(ISO_8859_1);
  private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(ISO_8859_1);
  private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(ISO_8859_1);

  private enum State {
    STATUS_LINE,
    HEADERS,
    BODY,
    COMPLETE
  }

  private final byte[] line = new byte[MAX_HEAD_BYTES];
  private final byte[] body;
  private State state = State.COMPLETE;
  private int headBytes;
  private int lineBytes;
  private int status;
  private int contentLength;
  private int bodyBytes;

  /**
   * @param keptBodyBytes how much of each body is kept; the rest of a longer one is only counted
   */
  public ResponseParser(int keptBodyBytes) {
    this.body = new byte[keptBodyBytes];
  }

  /**
   * Takes what belongs to the current response and leaves the bytes after it in {@code in}.
   *
   * @return whether the response is complete; the call after that starts the next one
   */
  public boolean read(ByteBuffer in) throws MalformedResponseException {
    if (state == State.COMPLETE) {
      restart();
    }
    while (state != State.BODY && in.hasRemaining()) {
      readHead(in.get());
    }
    if (state == State.BODY) {
      readBody(in);
      if (bodyBytes == contentLength) {
        state = State.COMPLETE;
      }
    }
    return state == State.COMPLETE;
  }

  /** The status of the response that is complete. */
  public int status() {
    return status;
  }

  /** Whether the body of the response that is complete is {@code expected}, byte for byte. */
  public boolean bodyIs(byte[] expected) {
    return contentLength == expected.length
        && contentLength <= body.length
        && Arrays.equals(body, 0, contentLength, expected, 0, contentLength);
  }

  /** What was kept of the body of the response that is complete, as text. */
  public String keptBody() {
    return new String(body, 0, Math.min(contentLength, body.length), UTF_8);
  }

  private void restart() {
    state = State.STATUS_LINE;
    headBytes = 0;
    lineBytes = 0;
    contentLength = -1;
    bodyBytes = 0;
  }

  private void readHead(byte next) throws MalformedResponseException {
    if (++headBytes > MAX_HEAD_BYTES) {
      throw new MalformedResponseException("a head of more than " + MAX_HEAD_BYTES + " bytes");
    }
    if (next != '\n') {
      line[lineBytes++] = next;
      return;
    }
    int length = lineBytes > 0 && line[lineBytes - 1] == '\r' ? lineBytes - 1 : lineBytes;
    lineBytes = 0;
    if (state == State.STATUS_LINE) {
      readStatusLine(length);
      state = State.HEADERS;
    } else if (length > 0) {
      readHeader(length);
    } else if (contentLength < 0) {
      throw new MalformedResponseException("no Content-Length");
    } else {
      state = State.BODY;
    }
  }

  /** {@code HTTP/1.1 200 OK}, the reason being optional. */
  private void readStatusLine(int length) throws MalformedResponseException {
    int code = VERSION.length + 2;
    if (!startsWith(VERSION, length)
        || length < code + 3
        || line[code - 1] != ' '
        || (length > code + 3 && line[code + 3] != ' ')) {
      throw new MalformedResponseException("no status line of HTTP/1.1");
    }
    status = number(code, code + 3, "a status");
  }

  private void readHeader(int length) throws MalformedResponseException {
    if (startsWith(CONTENT_LENGTH, length)) {
      if (contentLength >= 0) {
        throw new MalformedResponseException("two Content-Lengths");
      }
      int from = CONTENT_LENGTH.length;
      int to = length;
      while (from < to && line[from] == ' ') {
        from++;
      }
      while (to > from && line[to - 1] == ' ') {
        to--;
      }
      contentLength = number(from, to, "a Content-Length");
    } else if (startsWith(TRANSFER_ENCODING, length)) {
      throw new MalformedResponseException("Transfer-Encoding instead of Content-Length");
    }
  }

  private void readBody(ByteBuffer in) {
    int taken = Math.min(in.remaining(), contentLength - bodyBytes);
    int kept = Math.clamp((long) body.length - bodyBytes, 0, taken);
    in.get(body, Math.min(bodyBytes, body.length), kept);
    in.position(in.position() + taken - kept);
    bodyBytes += taken;
  }

  /** Whether the line starts with {@code lowerCase}, whatever case the line itself is in. */
  private boolean startsWith(byte[] lowerCase, int length) {
    if (length < lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte letter = line[i];
      if ((letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from, int to, String what) throws MalformedResponseException {
    if (from == to || to - from > LONGEST_LENGTH_DIGITS) {
      throw new MalformedResponseException(what + " that is no number");
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (line[i] < '0' || line[i] > '9') {
        throw new MalformedResponseException(what + " that is no number");
      }
      value = value * 10 + line[i] - '0';
    }
    return value;
  }
}
