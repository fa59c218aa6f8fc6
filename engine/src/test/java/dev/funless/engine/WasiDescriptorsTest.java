package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each call on a descriptor answers: 0 to 2 are pipes, and there are no others. */
class WasiDescriptorsTest {

  private static final int FD_FDSTAT_GET = 15;
  private static final int FD_FILESTAT_GET = 18;

  /** 8 is EBADF. */
  private static final String NONE = "[8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8]";

  private static HostCalls calls;

  @BeforeAll
  static void load() {
    calls = new HostCalls();
  }

  @AfterAll
  static void close() {
    calls.close();
  }

  /**
   * In the order of closes.c: read, write, fdstat_get, fdstat_set_flags, filestat_get, seek, tell,
   * pread, pwrite, readdir, prestat_get, prestat_dir_name, poll for reading and for writing,
   * renumber. 54 is ENOTDIR, 58 ENOTSUP, 70 ESPIPE.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | [0, 8, 0, 0, 0, 70, 70, 70, 70, 54, 8, 8, 0, 0, 58]
          1 | [8, 0, 0, 0, 0, 70, 70, 70, 70, 54, 8, 8, 0, 0, 58]
          2 | [8, 0, 0, 0, 0, 70, 70, 70, 70, 54, 8, 8, 0, 0, 58]
          """)
  void standardStreamsArePipesUntilTheyAreClosed(String descriptor, String open) {
    try (var guests = new Guests()) {
      assertEquals(
          "[" + open + ", [0, 8], " + NONE + "]", guests.answer(guests.load("closes"), descriptor));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "4", "1000", "2147483647", "-1", "-2147483648"})
  void thereAreNoOtherDescriptors(String descriptor) {
    try (var guests = new Guests()) {
      assertEquals(
          "[" + NONE + ", [8, 8], " + NONE + "]", guests.answer(guests.load("closes"), descriptor));
    }
  }

  @Test
  void closedStreamsOfOneCallAreOpenInTheNext() {
    try (var guests = new Guests()) {
      LoadedFunction closes = guests.load("closes");
      assertEquals(guests.answer(closes, "1"), guests.answer(closes, "1"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "11, 0, 70", // fd_advise: ESPIPE
    "12, 1, 70", // fd_allocate
    "14, 1, 28", // fd_datasync: EINVAL
    "29, 2, 28", // fd_sync
    "19, 1, 28", // fd_filestat_set_size
    "17, 0, 58", // fd_fdstat_set_rights: ENOTSUP
    "20, 1, 58" // fd_filestat_set_times
  })
  void callsForFilesAreErrorsOnAPipeAndOnNothing(int function, int descriptor, String errno) {
    assertEquals(errno + " ", calls.result(new HostCall(function, descriptor)));
    assertEquals("08 ", calls.result(new HostCall(function, 3)));
    assertEquals("08 ", calls.result(new HostCall(function, -1)));
  }

  /** Both descriptors of those that name two are looked at. */
  @ParameterizedTest
  @ValueSource(ints = {32, 33, 34, 35, 36, 37, 38, 39, 41})
  void noPathCanBeLookedUp(int function) {
    assertEquals("54 ", calls.result(new HostCall(function, 0)));
    assertEquals("08 ", calls.result(new HostCall(function, 3)));
    assertEquals("08 ", calls.result(new HostCall(function, -1)));
  }

  @Test
  void noSymbolicLinkCanBeMade() {
    assertEquals("54 ", calls.result(new HostCall(40, 300, 5, 0, 300, 5)));
    assertEquals("08 ", calls.result(new HostCall(40, 300, 5, 3, 300, 5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {47, 48, 49, 50})
  void noDescriptorIsASocket(int function) {
    assertEquals("57 ", calls.result(new HostCall(function, 1)));
    assertEquals("08 ", calls.result(new HostCall(function, 3)));
  }

  /** Type, flags, base rights (of which 1 reads, 6 writes, 27 polls), inherited ones. */
  @ParameterizedTest
  @CsvSource({"0, 0200000800000000", "1, 4000000800000000", "2, 4000000800000000"})
  void statusSaysThatItIsNoTerminalAndNoFile(int descriptor, String rights) {
    assertEquals(
        "00 00" + "00" + "0000" + "00000000" + rights + "0000000000000000" + "ff",
        calls.result(filled(new HostCall(FD_FDSTAT_GET, descriptor, 600)).showing(600, 25)));
  }

  @Test
  void fileStatusIsAllZero() {
    assertEquals(
        "00 " + "00".repeat(64) + "ff",
        calls.result(filled(new HostCall(FD_FILESTAT_GET, 1, 600)).showing(600, 65)));
  }

  @ParameterizedTest
  @CsvSource({"15, 24", "18, 64"})
  void statusOutsideOfMemoryTraps(int function, int size) {
    int last = HostCalls.MEMORY_BYTES - size;
    assertEquals("00 ", calls.result(new HostCall(function, 0, last)));
    for (int address : new int[] {last + 1, HostCalls.MEMORY_BYTES, -1, -size, 0x7FFFFFFF}) {
      calls.assertTraps(new HostCall(function, 0, address));
    }
  }

  private static HostCall filled(HostCall call) {
    Arrays.fill(call.bytes, 600, 700, (byte) 0xFF);
    return call;
  }
}
