package dev.funless.core;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionLimits;
import dev.funless.shared.function.FunctionSpec;
import java.util.List;
import java.util.Map;

/** Functions for tests. */
public final class Specs {

  public static final FunctionId ID = new FunctionId("_", "f");
  public static final String SHA256 = "0123456789abcdef".repeat(4);

  private Specs() {}

  public static FunctionSpec needing(long capacityBytes) {
    return of(ID, capacityBytes, 10_000, false);
  }

  public static FunctionSpec tagged(String tag) {
    return of(ID, tag, 1, 10_000, false);
  }

  public static FunctionSpec of(FunctionId id, String sha256, long codeBytes) {
    return new FunctionSpec(
        id,
        sha256,
        codeBytes,
        0,
        "",
        1,
        new FunctionLimits(10_000, 1 << 24, 131_072, 0, 1 << 20, 0, 16_384, 100),
        List.of(),
        Map.of(),
        false,
        List.of());
  }

  public static FunctionSpec of(
      FunctionId id, long capacityBytes, long timeoutMillis, boolean idempotent) {
    return of(id, "", capacityBytes, timeoutMillis, idempotent);
  }

  public static FunctionSpec of(
      FunctionId id, String tag, long capacityBytes, long timeoutMillis, boolean idempotent) {
    return new FunctionSpec(
        id,
        SHA256,
        1,
        0,
        tag,
        capacityBytes,
        new FunctionLimits(timeoutMillis, 1 << 20, 131_072, 0, 1 << 20, 0, 16_384, 100),
        List.of(),
        Map.of(),
        idempotent,
        List.of());
  }
}
