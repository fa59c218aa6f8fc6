package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing in pieces. Of a FunLess function, stdin is its input, 1,024 bytes here. */
class WasiStreamsTest {

  private static final int FD_READ = 25;
  private static final int FD_WRITE = 31;
  private static final int TOTAL = 196;
  private static final int PIECES = 200;

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
  @ValueSource(ints = {1, 2})
  void piecesAreWrittenInTheirOrderAndEmptyOnesAreNothing(int descriptor) {
    HostCall call = pieces(FD_WRITE, descriptor, 604, 3, 0, 0, 600, 4, 0x1FFFF, 0, 607, 1, 600, 1);
    Outcome outcome = calls.run(call.with(600, "abcdefgh"), Map.of());
    assertEquals("\"00 09000000\"", Guests.answerOf(outcome));
    assertEquals("efgabcdha", outcome.log());
  }

  @Test
  void nothingAtAllMayBeWritten() {
    assertEquals("00 00000000", calls.result(pieces(FD_WRITE, 1)));
    assertEquals("00 00000000", calls.result(pieces(FD_WRITE, 2, 0, 0, 600, 0)));
  }

  @Test
  void allTheMemoryMayBeWritten() {
    HostCall call = pieces(FD_WRITE, 2, 0, HostCalls.MEMORY_BYTES, 0, HostCalls.MEMORY_BYTES);
    assertEquals("00 00000400", calls.result(call));
  }

  @Test
  void piecesBeyondAThousandAreLeftForTheNextCall() {
    HostCall call = new HostCall(FD_WRITE, 2, PIECES, 16_000, TOTAL).showing(TOTAL, 4);
    call.putInt(PIECES, 600);
    call.putInt(PIECES + 4, 3);
    assertEquals("00 03000000", calls.result(call));
  }

  @Test
  void stdinGivesItsBytesOnceAndThenNothing() {
    HostCall call = pieces(FD_READ, 0, 2000, 4, 0, 0, 3000, 1000, 4000, 500, 5000, 1);
    call.showing(TOTAL, 4);
    assertEquals("00 00040000", calls.result(call)); // 4, then 1000, then 20 of 500, then 0 of 1
    HostCall head = pieces(FD_READ, 0, 3002, 2, 3000, 2).showing(3000, 4);
    // The number of the function called is what the input starts with.
    assertEquals("00 0000" + "1900", calls.result(head));
    HostCall none = pieces(FD_READ, 0, 3000, 0).showing(TOTAL, 4);
    assertEquals("00 00000000", calls.result(none));
  }

  /** Polled, read three times, polled again. */
  @Test
  void readPastTheEndGivesNothingAndLeavesTheBufferAlone() {
    try (var guests = new Guests()) {
      LoadedFunction reads = guests.load("reads");
      assertEquals("[0, 8, 0, 8, 0, 0, 0, 1]", guests.answer(reads, "12345678"));
      assertEquals("[1, 0, 0, 0, 0, 0, 0, 1]", guests.answer(reads, ""));
    }
  }

  @ParameterizedTest
  @CsvSource({"25, 1", "25, 2", "25, 3", "25, -1", "31, 0", "31, 3", "31, -1"})
  void wrongDirectionAndNoDescriptorAreBadDescriptors(int function, int descriptor) {
    assertEquals("08 ", calls.result(new HostCall(function, descriptor, PIECES, 1, TOTAL)));
    // Even where the pointers are wild: nothing is looked at.
    assertEquals("08 ", calls.result(new HostCall(function, descriptor, -1, 1, -1)));
  }

  @ParameterizedTest
  @CsvSource({"25, 0", "31, 1", "31, 2"})
  void pointersOutsideOfMemoryTrap(int function, int descriptor) {
    int end = HostCalls.MEMORY_BYTES;
    int[][] pieces = {
      {end, 1}, {end - 1, 2}, {-1, 1}, {0, -1}, {0, 0x7FFFFFFF}, {-8, 8}, {end + 1, 0}
    };
    for (int[] piece : pieces) {
      calls.assertTraps(pieces(function, descriptor, piece[0], piece[1]));
      calls.assertTraps(pieces(function, descriptor, 600, 1, piece[0], piece[1]));
    }
    for (int list : new int[] {end - 7, end, -1, -8, 0x7FFFFFF8}) {
      calls.assertTraps(new HostCall(function, descriptor, list, 1, TOTAL));
      calls.assertTraps(new HostCall(function, descriptor, end - 8, 2, TOTAL));
    }
    for (int total : new int[] {end - 3, end, -1, -4}) {
      calls.assertTraps(new HostCall(function, descriptor, PIECES, 0, total));
    }
  }

  @Test
  void whatIsNoUtf8IsReplacedInTheLog() {
    HostCall call = pieces(FD_WRITE, 2, 600, 3);
    call.bytes[600] = 'a';
    call.bytes[601] = (byte) 0xFF;
    call.bytes[602] = 'b';
    Outcome outcome = calls.run(call, Map.of());
    assertTrue(outcome.log().matches("a\ufffdb"), outcome::log);
  }

  /** A call with a list of pieces, addresses and sizes in turn; shows the total. */
  private static HostCall pieces(int function, int descriptor, int... pieces) {
    HostCall call = new HostCall(function, descriptor, PIECES, pieces.length / 2, TOTAL);
    for (int i = 0; i < pieces.length; i++) {
      call.putInt(PIECES + 4 * i, pieces[i]);
    }
    return call.showing(TOTAL, 4);
  }
}
