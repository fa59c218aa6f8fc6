package dev.funless.engine.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Entries that say in every byte whose they are, so that one that is not whole or mixed shows. */
final class Samples {

  static final String VERSION = "a compiler, 1.0";

  private static final long SEEDS = 1L << 20;

  private Samples() {}

  static String code(int number) {
    return EntryKey.hash("code " + number);
  }

  /**
   * @param seed tells apart what different writers write under one key
   */
  static CompiledClasses compiled(int number, int seed, int bytes) {
    var random = new Random(number * SEEDS + seed);
    var classes = new LinkedHashMap<String, byte[]>();
    int left = bytes;
    for (int i = 0; left > 0; i++) {
      byte[] file = new byte[Math.min(left, 1 + bytes / 3)];
      random.nextBytes(file);
      classes.put("code" + number + "/Group" + i, file);
      left -= file.length;
    }
    classes.put("main", ByteBuffer.allocate(12).putInt(number).putInt(seed).putInt(bytes).array());
    return CompiledClasses.of("main", classes, new HashSet<>(List.of(number, seed, 7)));
  }

  /** That this is exactly what someone put under this number. */
  static void assertWhole(int number, CompiledClasses found) {
    ByteBuffer main = found.classes().get("main").duplicate();
    assertEquals(number, main.getInt());
    assertEquals(compiled(number, main.getInt(), main.getInt()), found);
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path onlyFile(Path folder) {
    List<Path> files = files(folder);
    assertEquals(1, files.size(), files::toString);
    return files.getFirst();
  }

  static long bytesIn(Path folder) {
    long bytes = 0;
    for (Path file : files(folder)) {
      bytes += file.toFile().length();
    }
    return bytes;
  }

  static void lastUsed(Path file, Duration ago) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
  }
}
