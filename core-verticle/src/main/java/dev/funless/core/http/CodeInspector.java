package dev.funless.core.http;

import dev.funless.core.catalog.CodeFile;
import dev.funless.engine.Engine;
import dev.funless.engine.InvalidModuleException;
import dev.funless.engine.ModuleInfo;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Holds uploaded code against what the engine can run. One module at a time is in memory; how many
 * wait is bounded by how many uploads may be under way. Thread-safe.
 */
final class CodeInspector {

  private final WorkerExecutor thread;

  CodeInspector(Vertx vertx) {
    this.thread = vertx.createSharedWorkerExecutor("code-inspector", 1, 2, TimeUnit.MINUTES);
  }

  /**
   * @param maxMemoryBytes the most linear memory that the function may start with
   */
  Future<CodeFile> inspect(Path code, long maxMemoryBytes) {
    return thread.executeBlocking(() -> inspected(code, maxMemoryBytes), false);
  }

  private static CodeFile inspected(Path path, long maxMemoryBytes)
      throws IOException, NoSuchAlgorithmException {
    byte[] code = Files.readAllBytes(path);
    ModuleInfo module;
    try {
      module = Engine.validate(code);
    } catch (InvalidModuleException e) {
      throw new Failure(Category.INVALID, "invalid_code", e.getMessage()).exception();
    }
    if (module.initialMemoryBytes() > maxMemoryBytes) {
      throw new Failure(
              Category.INVALID,
              "invalid_code",
              "The code starts with %d bytes of memory, more than the %d that the function may have; raise memory_mb."
                  .formatted(module.initialMemoryBytes(), maxMemoryBytes))
          .exception();
    }
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
    return new CodeFile(path, sha256, code.length, module.initialMemoryBytes());
  }
}
