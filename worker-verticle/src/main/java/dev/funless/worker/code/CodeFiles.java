package dev.funless.worker.code;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Code on the worker's disk, each under its hash. A file is written aside and moved into its place
 * in one step, and checked when it is read: one that does not fit its name is removed. All methods
 * block. Thread-safe.
 */
public final class CodeFiles {

  private static final Logger log = LoggerFactory.getLogger(CodeFiles.class);

  private static final String SUFFIX = ".wasm";

  private final Path folder;

  public CodeFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, "*.tmp")) {
      for (Path half : halves) {
        Files.delete(half);
      }
    }
  }

  Optional<byte[]> read(String sha256) throws IOException {
    Path file = file(sha256);
    byte[] code;
    try {
      code = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!sha256.equals(sha256(code))) {
      log.warn("{} does not hold the code of its name; it is removed", file);
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    return Optional.of(code);
  }

  void write(String sha256, byte[] code) throws IOException {
    Path half = Files.createTempFile(folder, sha256, ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
        var bytes = java.nio.ByteBuffer.wrap(code);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          half, file(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Removes all code but the given. */
  void keepOnly(Set<String> hashes) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!hashes.contains(name.substring(0, name.length() - SUFFIX.length()))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  static String sha256(byte[] code) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path file(String sha256) {
    return folder.resolve(sha256 + SUFFIX);
  }
}
