package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks, and waiting for them and for streams. */
class WasiClocksTest {

  private static final int CLOCK_RES_GET = 9;
  private static final int CLOCK_TIME_GET = 10;
  private static final int POLL_ONEOFF = 42;
  private static final int REALTIME = 0;
  private static final int MONOTONIC = 1;
  private static final int EVENTS = 800;
  private static final int COUNT = 900;

  private static HostCalls calls;

  @BeforeAll
  static void load() {
    calls = new HostCalls();
  }

  @AfterAll
  static void close() {
    calls.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyClockHasAResolutionAboveZero(int clock) {
    String result = calls.result(new HostCall(CLOCK_RES_GET, clock, 200).showing(200, 8));
    assertTrue(number(result) > 0 && number(result) < 1_000_000_000, result);
  }

  @Test
  void wallClockIsTheNodes() {
    long before = System.currentTimeMillis();
    long told = TimeUnit.NANOSECONDS.toMillis(time(REALTIME));
    assertTrue(told >= before && told <= System.currentTimeMillis(), () -> before + " " + told);
  }

  @Test
  void monotonicClockGoesOnFromCallToCall() {
    long first = time(MONOTONIC);
    assertTrue(first > 0, () -> "" + first);
    long second = time(MONOTONIC);
    assertTrue(second > first, () -> first + " " + second);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void processorClocksCountFromTheStartOfTheCall(int clock) {
    long told = time(clock);
    assertTrue(told >= 0 && told < Duration.ofSeconds(5).toNanos(), () -> "" + told);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void otherClocksAreInvalid(int clock) {
    assertEquals("28 ", calls.result(new HostCall(CLOCK_RES_GET, clock, 200)));
    assertEquals("28 ", calls.result(new HostCall(CLOCK_TIME_GET, clock, 0, 200)));
  }

  @Test
  void pointersOutsideOfMemoryTrap() {
    int end = HostCalls.MEMORY_BYTES;
    assertEquals("00 ", calls.result(new HostCall(CLOCK_TIME_GET, 0, 0, end - 8)));
    for (int address : new int[] {end - 7, end, -1, -8}) {
      calls.assertTraps(new HostCall(CLOCK_RES_GET, REALTIME, address));
      calls.assertTraps(new HostCall(CLOCK_TIME_GET, MONOTONIC, 0, address));
      calls.assertTraps(new HostCall(POLL_ONEOFF, 600, address, 1, COUNT));
    }
    for (int address : new int[] {end - 3, end, -1, -4}) {
      calls.assertTraps(new HostCall(POLL_ONEOFF, 600, EVENTS, 1, address));
    }
    for (int address : new int[] {end - 47, end, -1, -48}) {
      calls.assertTraps(new HostCall(POLL_ONEOFF, address, EVENTS, 1, COUNT));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_000, Integer.MIN_VALUE})
  void pollOfNothingAndOfFarTooMuchIsInvalid(int count) {
    assertEquals("28 ", calls.result(new HostCall(POLL_ONEOFF, 600, EVENTS, count, COUNT)));
  }

  @Test
  void pollOfAnUnknownKindIsInvalid() {
    HostCall call = poll(1);
    call.bytes[608] = 3;
    assertEquals("28 00000000", calls.result(call));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void relativeTimeoutOfAnyClockIsWaitedFor(int clock) {
    long start = System.nanoTime();
    String result = calls.result(clock(poll(1), 0, clock, 20_000_000, 0));
    long took = System.nanoTime() - start;
    assertEquals("00 01000000", result);
    assertTrue(took >= 20_000_000 && took < 5_000_000_000L, () -> took + " ns");
  }

  @Test
  void absoluteTimeoutIsWaitedForAndOneInThePastIsOver() {
    long start = System.nanoTime();
    long end = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + 30);
    assertEquals("00 01000000", calls.result(clock(poll(1), 0, REALTIME, end, 1)));
    assertTrue(System.nanoTime() - start >= 28_000_000);

    long moment = time(MONOTONIC);
    start = System.nanoTime();
    assertEquals("00 01000000", calls.result(clock(poll(1), 0, MONOTONIC, moment, 1)));
    assertEquals("00 01000000", calls.result(clock(poll(1), 0, REALTIME, 0, 1)));
    assertTrue(System.nanoTime() - start < 5_000_000_000L);
  }

  @Test
  void onlyTheClockThatPassedIsReported() {
    HostCall call = clock(clock(poll(2), 0, MONOTONIC, 60_000_000_000L, 0), 1, MONOTONIC, 1_000, 0);
    assertEquals("00 01000000", calls.result(call));
    // Its user data, error 0, kind 0.
    assertEquals("00 0200000000000000" + "0000" + "00", calls.result(call.showing(EVENTS, 11)));
  }

  @Test
  void unknownClockIsTheErrorOfItsEvent() {
    HostCall call = clock(poll(1), 0, 9, 60_000_000_000L, 0);
    assertEquals("00 0100000000000000" + "1c00" + "00", calls.result(call.showing(EVENTS, 11)));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "2, 2"})
  void streamIsReadyBesideAClockThatIsNot(int kind, int descriptor) {
    HostCall call = clock(poll(2), 0, MONOTONIC, 60_000_000_000L, 0);
    stream(call, 1, kind, descriptor);
    assertEquals("00 01000000", calls.result(call));
    assertEquals(
        "00 0200000000000000" + "0000" + "0" + kind, calls.result(call.showing(EVENTS, 11)));
  }

  @Test
  void pollOfStdinSaysHowMuchIsLeftToRead() {
    HostCall call = poll(1);
    stream(call, 0, 1, 0);
    // All 1,024 bytes of the input, and nobody has hung up.
    assertEquals("00 0004000000000000" + "0000", calls.result(call.showing(EVENTS + 16, 10)));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100, -1})
  void noDescriptorIsTheErrorOfItsEvent(int descriptor) {
    for (int kind = 1; kind <= 2; kind++) {
      HostCall call = clock(poll(2), 0, MONOTONIC, 60_000_000_000L, 0);
      stream(call, 1, kind, descriptor);
      assertEquals(
          "00 0200000000000000" + "0800" + "0" + kind, calls.result(call.showing(EVENTS, 11)));
    }
  }

  private static long time(int clock) {
    return number(calls.result(new HostCall(CLOCK_TIME_GET, clock, 1, 200).showing(200, 8)));
  }

  /** The long that is shown after a success. */
  private static long number(String result) {
    assertEquals("00 ", result.substring(0, 3));
    byte[] bytes = HexFormat.of().parseHex(result.substring(3));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Subscriptions from 600 on, whose user data is their number from 1 on; shows the count. */
  private static HostCall poll(int count) {
    HostCall call = new HostCall(POLL_ONEOFF, 600, EVENTS, count, COUNT);
    for (int i = 0; i < count; i++) {
      call.bytes[600 + 48 * i] = (byte) (i + 1);
    }
    return call.showing(COUNT, 4);
  }

  private static HostCall clock(HostCall call, int number, int clock, long nanos, int flags) {
    int subscription = 600 + 48 * number;
    call.bytes[subscription + 8] = 0;
    call.putInt(subscription + 16, clock);
    call.putLong(subscription + 24, nanos);
    call.bytes[subscription + 40] = (byte) flags;
    return call;
  }

  private static void stream(HostCall call, int number, int kind, int descriptor) {
    int subscription = 600 + 48 * number;
    call.bytes[subscription + 8] = (byte) kind;
    call.putInt(subscription + 16, descriptor);
  }
}
