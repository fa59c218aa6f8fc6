package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningNothing;

import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.Stack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * FunLess's outbound HTTP call. It carries no capacity for the answer: Go functions pass a buffer
 * of 1,024 bytes, Rust ones the pointer of an empty vector, which is below 16.
 *
 * <p>What goes wrong outside is status 0 and length 0, and a sentence in the log; a pointer outside
 * the guest's memory is a trap.
 */
final class HttpRequest {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningNothing(
              HostFunctions.FUNLESS, "__http_request", "iiiiiiiiii", HttpRequest::request));

  private static final int ANSWER_BYTES = 1024;
  private static final int ANSWER_BYTES_AT_EMPTY_VECTOR = 65_536;
  private static final int EMPTY_VECTOR_END = 16;

  /** As a guest without need of more gives them; bounds the work of reading them. */
  private static final int HEADERS = 128;

  private HttpRequest() {}

  private static long request(Guest guest, long[] args) {
    Stack.need();
    var target = new Target((int) args[0], (int) args[1], (int) args[2]);
    GuestMemory memory = guest.memory();
    target.check(memory);
    byte[] uri = memory.readBytes((int) args[4], (int) args[5]);
    byte[] headers = memory.readBytes((int) args[6], (int) args[7]);
    byte[] body = memory.readBytes((int) args[8], (int) args[9]);
    try {
      HttpSender.Answer answer =
          send(
              guest,
              new HttpSender.Request(
                  method((int) args[3]),
                  utf8(uri, "URI is"),
                  headers(utf8(headers, "headers are")),
                  body,
                  target.capacity(guest)));
      target.write(memory, answer);
    } catch (IOException e) {
      // Where the call was stopped, the guest has no place to go on in.
      guest.waits.checkStopped();
      guest.log.line("HTTP call failed: " + e.getMessage());
      target.write(memory, new HttpSender.Answer(0, new byte[0]));
    }
    return 0;
  }

  private static HttpSender.Answer send(Guest guest, HttpSender.Request request)
      throws IOException {
    if (guest.httpCallsMade >= guest.setup.httpCalls()) {
      throw new IOException("more than " + guest.setup.httpCalls() + " HTTP calls in one call");
    }
    guest.httpCallsMade++;
    HttpSender.Answer answer = guest.waits.away(() -> guest.http.send(request));
    if (answer.body().length > request.maxAnswerBytes()) {
      throw new IOException("the answer is larger than " + request.maxAnswerBytes() + " bytes");
    }
    return answer;
  }

  private static String method(int number) throws IOException {
    return switch (number) {
      case 0 -> "GET";
      case 1 -> "POST";
      case 2 -> "PUT";
      case 3 -> "DELETE";
      default -> throw new IOException("there is no method number " + number);
    };
  }

  private static List<HttpSender.Header> headers(String lines) throws IOException {
    var headers = new ArrayList<HttpSender.Header>();
    for (String line : (Iterable<String>) lines.lines()::iterator) {
      if (line.isBlank()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("a header line has no name");
      }
      if (headers.size() == HEADERS) {
        throw new IOException("more than " + HEADERS + " headers");
      }
      headers.add(
          new HttpSender.Header(
              line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private static String utf8(byte[] bytes, String what) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("the " + what + " no UTF-8", e);
    }
  }

  /** Where the guest wants the answer. */
  private record Target(int body, int length, int status) {

    void check(GuestMemory memory) {
      memory.check(length, Integer.BYTES);
      memory.check(status, Short.BYTES);
      memory.check(body, 0);
    }

    int capacity(Guest guest) {
      if (guest.setup.httpResponseBytes() > 0) {
        return guest.setup.httpResponseBytes();
      }
      return Integer.compareUnsigned(body, EMPTY_VECTOR_END) < 0
          ? ANSWER_BYTES_AT_EMPTY_VECTOR
          : ANSWER_BYTES;
    }

    void write(GuestMemory memory, HttpSender.Answer answer) {
      memory.write(body, answer.body(), 0, answer.body().length);
      memory.writeI32(length, answer.body().length);
      memory.writeShort(status, (short) answer.status());
    }
  }
}
