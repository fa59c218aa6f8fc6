package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.OutboundHttp.Answer;
import dev.funless.engine.OutboundHttp.Header;
import dev.funless.engine.OutboundHttp.Request;
import dev.funless.engine.Outcome.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What guests call, with arguments that no library would pass. */
class HostCallTest {

  private static final int LOG = 3;
  private static final int HTTP = 4;

  private static Guests guests;
  private static LoadedFunction calls;

  @BeforeAll
  static void load() {
    guests = new Guests();
    calls = guests.load("calls");
  }

  @AfterAll
  static void close() {
    guests.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, -1, 0",
    "0, 131072, 0",
    "0, 131000, 0",
    "0, 2147483647, 0",
    "1, -1, 1",
    "1, 131072, 1",
    "1, 131071, 2",
    "1, 0, -1",
    "1, 2147483647, 2147483647",
    "2, -1, 1",
    "2, 131071, 2",
    "2, 0, -1",
    "2, 100, 2147483647",
    "3, -1, 1",
    "3, 131071, 2",
    "3, 0, -1",
    "3, -2147483648, -2147483648"
  })
  void badPointerTrapsThisCallOnly(int function, int pointer, int length) {
    Outcome.Failed failed = Guests.failureOf(run(new HostCall(function, pointer, length)));
    assertEquals(Reason.TRAP, failed.reason());
    assertTrue(failed.message().contains("out of bounds memory access"), failed.message());
    assertEquals("00 ", text(run(new HostCall(LOG, 0, 1))));
  }

  @ParameterizedTest
  @CsvSource({
    "131069, 200, 204, 0, 300, 5, 0, 0, 0, 0", // length outside
    "1000, 131069, 204, 0, 300, 5, 0, 0, 0, 0",
    "1000, 200, 131071, 0, 300, 5, 0, 0, 0, 0",
    "1000, 200, 204, 0, -1, 5, 0, 0, 0, 0",
    "1000, 200, 204, 0, 300, -5, 0, 0, 0, 0",
    "1000, 200, 204, 0, 300, 5, 131070, 5, 0, 0",
    "1000, 200, 204, 0, 300, 5, 0, -1, 0, 0",
    "1000, 200, 204, 0, 300, 5, 0, 0, 131070, 5",
    "1000, 200, 204, 0, 300, 5, 0, 0, 2147483647, 2147483647",
    "-1, 200, 204, 0, 300, 5, 0, 0, 0, 0"
  })
  void badPointerInHttpRequestTraps(
      int body,
      int length,
      int status,
      int method,
      int uri,
      int uriSize,
      int headers,
      int headersSize,
      int sent,
      int sentSize) {
    Outcome outcome =
        run(
            new HostCall(
                HTTP,
                body,
                length,
                status,
                method,
                uri,
                uriSize,
                headers,
                headersSize,
                sent,
                sentSize),
            request -> new Answer(200, new byte[10]),
            0);
    assertEquals(Reason.TRAP, Guests.failureOf(outcome).reason(), outcome::toString);
  }

  @Test
  void httpRequestCarriesAllThatTheGuestGave() {
    var seen = new AtomicReference<Request>();
    var call =
        http(1)
            .with(300, "http://ü/")
            .with(320, "Accept: a:b\r\nX-Empty:\n\nReferer:http://x:1/")
            .with(400, "body");
    call.args[4] = 300;
    call.args[5] = 10;
    call.args[6] = 320;
    call.args[7] = "Accept: a:b\r\nX-Empty:\n\nReferer:http://x:1/".length();
    call.args[8] = 400;
    call.args[9] = 4;
    Outcome outcome =
        run(
            call.showing(200, 16),
            request -> {
              seen.set(request);
              return new Answer(404, "gone".getBytes(StandardCharsets.UTF_8));
            },
            0);
    // The length, the status, and what follows untouched.
    assertEquals("00 04000000" + "9401" + "00".repeat(10), text(outcome));
    Request request = seen.get();
    assertEquals("POST", request.method());
    assertEquals("http://ü/", request.uri());
    assertEquals("body", new String(request.body(), StandardCharsets.UTF_8));
    assertEquals(
        List.of(
            new Header("Accept", "a:b"),
            new Header("X-Empty", ""),
            new Header("Referer", "http://x:1/")),
        request.headers());
    assertEquals(1024, request.maxAnswerBytes());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 65536", "15, 0, 65536", "16, 0, 1024", "16, 5000, 5000", "1, 77, 77"})
  void answersCapacityFollowsFromPointerAndMetadata(int pointer, int configured, int expected) {
    var seen = new AtomicReference<Request>();
    var call = http(0);
    call.args[0] = pointer;
    run(
        call,
        request -> {
          seen.set(request);
          throw new IOException("no");
        },
        configured);
    assertEquals(expected, seen.get().maxAnswerBytes());
  }

  @Test
  void answerIsWrittenAtThePointerAndNotPastIt() {
    var call = http(0).showing(1000, 8);
    call.args[0] = 1002;
    Outcome outcome = run(call, request -> new Answer(200, new byte[] {1, 2, 3}), 0);
    assertEquals("00 0000010203000000", text(outcome));
  }

  @Test
  void answerLargerThanItsRoomIsAFailureAndWritesNothing() {
    var call = http(0).with(1000, "abc").showing(1000, 3);
    Outcome outcome = run(call, request -> new Answer(200, new byte[1025]), 0);
    assertEquals("00 616263", text(outcome));
    assertTrue(outcome.log().contains("larger than 1024 bytes"), outcome.log());
  }

  @Test
  void failureIsStatusZeroAndLengthZeroAndASentenceInTheLog() {
    var call = http(0).with(200, "xxxxxxxx").showing(200, 8);
    Outcome outcome =
        run(
            call,
            request -> {
              throw new IOException("the address is not allowed");
            },
            0);
    assertEquals("00 0000000000007878", text(outcome));
    assertEquals("HTTP call failed: the address is not allowed\n", outcome.log());
  }

  @Test
  void unknownMethodAndHeaderWithoutNameAndBadTextAreFailures() {
    assertTrue(run(http(4)).log().contains("no method number 4"));
    assertTrue(run(http(-1)).log().contains("no method number -1"));
    var nameless = http(0).with(320, "Accept\n");
    nameless.args[6] = 320;
    nameless.args[7] = 7;
    assertTrue(run(nameless).log().contains("has no name"));
    var uri = http(0);
    uri.bytes[300] = (byte) 0xFF;
    assertTrue(run(uri).log().contains("URI is no UTF-8"));
  }

  @Test
  void receiverThatBreaksIsTheEnginesFailure() {
    Outcome outcome =
        run(
            http(0),
            request -> {
              throw new IllegalStateException("broken");
            },
            0);
    assertEquals(Reason.INTERNAL, Guests.failureOf(outcome).reason());
    assertEquals("00 ", text(run(new HostCall(LOG, 0, 1))));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
        29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50
      })
  void wasiCallWithWildArgumentsEndsInAnErrorOrATrap(int function) {
    int[] wild = {0, 1, 2, 3, 7, -1, 131_071, 131_072, Integer.MAX_VALUE, Integer.MIN_VALUE};
    for (int shift = 0; shift < wild.length; shift++) {
      int[] args = new int[10];
      for (int i = 0; i < args.length; i++) {
        args[i] = wild[(i * 3 + shift) % wild.length];
      }
      Outcome outcome = run(new HostCall(function, args), Duration.ofMillis(300));
      if (outcome instanceof Outcome.Failed failed) {
        assertTrue(
            List.of(Reason.TRAP, Reason.FUNCTION_ERROR, Reason.DEADLINE, Reason.INVALID_ANSWER)
                .contains(failed.reason()),
            () -> function + ": " + failed);
      }
    }
    assertEquals("00 ", text(run(new HostCall(LOG, 0, 1))));
  }

  @Test
  void filesAndSocketsDoNotExist() {
    assertEquals("54 ", text(run(new HostCall(36, 0)))); // path_open under stdin: ENOTDIR
    assertEquals("08 ", text(run(new HostCall(36, 3)))); // path_open: EBADF
    assertEquals("57 ", text(run(new HostCall(49, 1)))); // sock_send on stdout: ENOTSOCK
    assertEquals("08 ", text(run(new HostCall(49, 3)))); // sock_send: EBADF
    assertEquals("08 ", text(run(new HostCall(22, 3)))); // fd_prestat_get: EBADF, so no preopens
    assertEquals("70 ", text(run(new HostCall(28, 1)))); // fd_seek: ESPIPE
    assertEquals("52 ", text(run(new HostCall(44, 1)))); // proc_raise: ENOSYS
    assertEquals("00 ", text(run(new HostCall(46)))); // sched_yield
  }

  @Test
  void environmentIsTheFunctionsOwn() {
    assertEquals("00 010000000f000000", text(run(new HostCall(8, 200, 204).showing(200, 8))));
    assertEquals(
        "00 " + hex("GREETING=hello\0"), text(run(new HostCall(7, 200, 300).showing(300, 15))));
    assertEquals("00 0100000009000000", text(run(new HostCall(6, 200, 204).showing(200, 8))));
  }

  @Test
  void pollOfAStreamIsReadyAtOnceAndOfAClockInTime() {
    // One clock subscription of 20 ms at 600, events at 800.
    var sleep = new HostCall(42, 600, 800, 1, 900).showing(900, 4);
    sleep.bytes[600] = 5;
    sleep.bytes[616] = 1;
    sleep.putLong(624, 20_000_000);
    long start = System.nanoTime();
    assertEquals("00 01000000", text(run(sleep)));
    assertTrue(System.nanoTime() - start >= 20_000_000);

    // The same with stdout beside it: only that is ready, and nothing is waited for.
    var both = new HostCall(42, 600, 800, 2, 900).showing(800, 11);
    both.putLong(624, 60_000_000_000L);
    both.bytes[648] = 9;
    both.bytes[656] = 2;
    both.bytes[664] = 1;
    assertEquals("00 0900000000000000" + "0000" + "02", text(run(both)));
    assertEquals("28 ", text(run(new HostCall(42, 600, 800, 0, 900))));
  }

  @Test
  void moreHttpCallsThanAllowedFail() {
    var limits = new CallLimits(64L * Guests.PAGE, 100_000, 10_000, 0, 0);
    Outcome outcome =
        guests.run(
            calls,
            new Call(
                http(0).input(),
                System.nanoTime() + Duration.ofSeconds(5).toNanos(),
                limits,
                Map.of(),
                request -> new Answer(200, new byte[0]),
                () -> true));
    assertEquals("HTTP call failed: more than 0 HTTP calls in one call\n", outcome.log());
  }

  private static HostCall http(int method) {
    return new HostCall(HTTP, 1000, 200, 204, method, 300, 5, 0, 0, 0, 0).with(300, "http:");
  }

  private static Outcome run(HostCall call) {
    return run(call, Guests.NO_HTTP, 0);
  }

  private static Outcome run(HostCall call, Duration timeout) {
    return guests.run(calls, call(call, timeout, Guests.NO_HTTP, 0));
  }

  private static Outcome run(HostCall call, OutboundHttp http, int httpResponseBytes) {
    return guests.run(calls, call(call, Duration.ofSeconds(10), http, httpResponseBytes));
  }

  private static Call call(HostCall call, Duration timeout, OutboundHttp http, int httpBytes) {
    return new Call(
        call.input(),
        System.nanoTime() + timeout.toNanos(),
        new CallLimits(64L * Guests.PAGE, 100_000, 10_000, httpBytes, 5),
        Map.of("GREETING", "hello"),
        http,
        () -> true);
  }

  private static String text(Outcome outcome) {
    String json = Guests.answerOf(outcome);
    return json.substring(1, json.length() - 1);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
