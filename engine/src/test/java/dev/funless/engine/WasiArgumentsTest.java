package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line and the environment, as the guest finds them in its memory. */
class WasiArgumentsTest {

  private static final int ARGS_GET = 5;
  private static final int ARGS_SIZES_GET = 6;
  private static final int ENVIRON_GET = 7;
  private static final int ENVIRON_SIZES_GET = 8;

  private static HostCalls calls;

  @BeforeAll
  static void load() {
    calls = new HostCalls();
  }

  @AfterAll
  static void close() {
    calls.close();
  }

  @Test
  void commandLineIsOneName() {
    HostCall sizes = new HostCall(ARGS_SIZES_GET, 200, 204).showing(200, 8);
    assertEquals("00 01000000" + "09000000", calls.result(sizes));
    HostCall strings = new HostCall(ARGS_GET, 200, 204).showing(200, 14);
    assertEquals("00 cc000000" + hex("function\0") + "00", calls.result(strings));
  }

  @Test
  void variablesComeInTheirOrderEndedByZeros() {
    var environment = new LinkedHashMap<String, String>();
    environment.put("Z", "a=b==c");
    environment.put("EMPTY", "");
    environment.put("GRÜSSE", "é😀");
    environment.put("A", " \n\"");
    String all = "Z=a=b==c\0EMPTY=\0GRÜSSE=é😀\0A= \n\"\0";
    int bytes = all.getBytes(StandardCharsets.UTF_8).length;

    HostCall sizes = new HostCall(ENVIRON_SIZES_GET, 200, 204).showing(200, 8);
    String size = HexFormat.of().toHexDigits((byte) bytes) + "000000";
    assertEquals("00 04000000" + size, calls.result(sizes, environment));
    // Strings from 500 on: 0x1f4, 9 bytes, 7, 16, and the rest.
    HostCall strings = new HostCall(ENVIRON_GET, 484, 500).showing(484, 16 + bytes + 1);
    assertEquals(
        "00 f4010000" + "fd010000" + "04020000" + "13020000" + hex(all) + "00",
        calls.result(strings, environment));
  }

  @Test
  void environmentMayBeEmpty() {
    HostCall sizes = new HostCall(ENVIRON_SIZES_GET, 200, 204).with(200, "xxxxxxxx");
    assertEquals("00 0000000000000000", calls.result(sizes.showing(200, 8)));
    HostCall strings = new HostCall(ENVIRON_GET, 200, 204).with(200, "xxxxxxxx");
    assertEquals("00 " + hex("xxxxxxxx"), calls.result(strings.showing(200, 8)));
  }

  @Test
  void stringsMayEndWithTheMemory() {
    int end = HostCalls.MEMORY_BYTES;
    HostCall last = new HostCall(ENVIRON_GET, 200, end - 4).showing(end - 4, 4);
    assertEquals("00 " + hex("A=b\0"), calls.result(last, Map.of("A", "b")));
    calls.assertTraps(new HostCall(ENVIRON_GET, 200, end - 3));
    calls.assertTraps(new HostCall(ENVIRON_GET, end - 3, 200));
  }

  @ParameterizedTest
  @ValueSource(ints = {ARGS_GET, ARGS_SIZES_GET, ENVIRON_GET, ENVIRON_SIZES_GET})
  void pointersOutsideOfMemoryTrap(int function) {
    for (int address : new int[] {HostCalls.MEMORY_BYTES - 3, HostCalls.MEMORY_BYTES, -1, -4}) {
      calls.assertTraps(new HostCall(function, address, 200));
      calls.assertTraps(new HostCall(function, 200, address));
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
