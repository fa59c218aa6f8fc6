package dev.funless.shared.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionSpecTest {

  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @Test
  void footprintIsTheLargerOfCapacityAndInitialMemory() {
    assertEquals(10, spec(SHA256, 1, 10, 5).footprintBytes());
    assertEquals(20, spec(SHA256, 1, 10, 20).footprintBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "../../etc/passwd", "G", "A"})
  void rejectsWhatIsNoHash(String start) {
    String padded = start.length() == 1 ? start + SHA256.substring(1) : start;

    assertThrows(IllegalArgumentException.class, () -> spec(padded, 1, 1, 1));
  }

  @Test
  void rejectsSizesOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> spec(SHA256, -1, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> spec(SHA256, FunctionSpec.MAX_CODE_BYTES + 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> spec(SHA256, 1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> spec(SHA256, 1, 1, -1));
  }

  @Test
  void keepsItsOwnCopiesOfLists() {
    List<String> hosts = new ArrayList<>(List.of("a"));
    List<String> services = new ArrayList<>(List.of("http://a"));
    FunctionSpec spec =
        new FunctionSpec(
            new FunctionId("_", "f"),
            SHA256,
            1,
            1,
            "",
            1,
            new FunctionLimits(1, 1, 0, 0, 1, 0, 0, 0),
            hosts,
            Map.of(),
            false,
            services);

    hosts.add("b");
    services.clear();

    assertEquals(List.of("a"), spec.allowedHosts());
    assertEquals(List.of("http://a"), spec.services());
  }

  @Test
  void limitsMustBeInRange() {
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(1, 1, -1, 0, 1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(1, 1, 0, -1, 1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(1, 1, 0, 0, 1, 0, 0, -1));
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(0, 1, 0, 0, 1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(1, -1, 0, 0, 1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(1, 1, 0, 0, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(1, 1, 0, 0, 1, -1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FunctionLimits(1, 1, 0, 0, 1, 0, -1, 0));
  }

  private static FunctionSpec spec(
      String sha256, long codeBytes, long capacityBytes, long initialMemoryBytes) {
    return new FunctionSpec(
        new FunctionId("_", "f"),
        sha256,
        codeBytes,
        initialMemoryBytes,
        "",
        capacityBytes,
        new FunctionLimits(1, 1, 0, 0, 1, 0, 0, 0),
        List.of(),
        Map.of(),
        false,
        List.of());
  }
}
