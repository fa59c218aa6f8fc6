package dev.funless.worker;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionLimits;
import dev.funless.shared.function.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The project's example functions. */
public final class Wasm {

  private static final Path FOLDER =
      Path.of(System.getProperty("funless.root"), "examples", "functions", "wasm");

  private Wasm() {}

  public static byte[] code(String example) {
    try {
      return Files.readAllBytes(FOLDER.resolve(example + ".wasm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String sha256(byte[] code) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static FunctionSpec spec(String name, byte[] code) {
    return spec(name, "", code);
  }

  public static FunctionSpec spec(String name, String tag, byte[] code) {
    return new FunctionSpec(
        new FunctionId("_", name),
        sha256(code),
        code.length,
        65_536,
        tag,
        64 * 1024,
        new FunctionLimits(10_000, 16L << 20, 131_072, 0, 1 << 20, 0, 16_384, 100),
        List.of(),
        Map.of(),
        false,
        List.of());
  }

  /** The same function, with services. */
  public static FunctionSpec declaring(
      FunctionSpec function, List<String> allowedHosts, String... services) {
    return new FunctionSpec(
        function.id(),
        function.sha256(),
        function.codeBytes(),
        function.initialMemoryBytes(),
        function.tag(),
        function.capacityBytes(),
        function.limits(),
        allowedHosts,
        function.env(),
        function.idempotent(),
        List.of(services));
  }
}
