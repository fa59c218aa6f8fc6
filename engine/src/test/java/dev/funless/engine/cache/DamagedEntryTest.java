package dev.funless.engine.cache;

import static dev.funless.engine.cache.Samples.VERSION;
import static dev.funless.engine.cache.Samples.code;
import static dev.funless.engine.cache.Samples.compiled;
import static dev.funless.engine.cache.Samples.files;
import static dev.funless.engine.cache.Samples.onlyFile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DamagedEntryTest {

  private static final CompiledClasses CLASSES = compiled(1, 0, 60);

  @TempDir Path folder;

  private CompiledCache cache;
  private Path file;
  private byte[] whole;

  /** Thousands of damaged files are thousands of warnings. */
  @BeforeAll
  static void stopTheLog() {
    logger().setLevel(Level.OFF);
  }

  @AfterAll
  static void restoreTheLog() {
    logger().setLevel(null);
  }

  @BeforeEach
  void putOne() throws IOException {
    cache = new CompiledCache(folder, VERSION, 1L << 40);
    cache.put(code(1), CLASSES);
    file = onlyFile(folder);
    whole = Files.readAllBytes(file);
  }

  @Test
  void missesAndRemovesAnEntryOfWhichAnyBitIsChanged() throws IOException {
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertMissed(damaged, "bit " + bit);
    }
  }

  @Test
  void missesAndRemovesAnEntryOfAnyOtherLength() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      assertMissed(Arrays.copyOf(whole, length), "cut to " + length);
    }
    for (int length = whole.length + 1; length < whole.length + 50; length++) {
      assertMissed(Arrays.copyOf(whole, length), "drawn out to " + length);
    }
  }

  @Test
  void missesAnEntryUnderAnothersName() throws IOException {
    var key = new EntryKey(code(2), EntryKey.hash(VERSION));
    Files.move(file, folder.resolve(key.fileName()));
    assertEquals(Optional.empty(), cache.get(code(2)));

    var otherVersion = new EntryKey(code(1), EntryKey.hash("another"));
    Files.write(file, EntryFormat.encode(otherVersion, CLASSES));
    assertEquals(Optional.empty(), cache.get(code(1)));
    assertEquals(List.of(), files(folder));
  }

  @Test
  void missesFilesOfOthersWithoutReadingThem() throws IOException {
    assertMissed("<html></html>".repeat(100).getBytes(StandardCharsets.UTF_8), "");
    // Sparse, and larger than the heap: to read it would fail in another way.
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(whole, 0, EntryFormat.HEADER_BYTES);
      sparse.setLength(Runtime.getRuntime().maxMemory() + (4L << 30));
    }
    assertEquals(Optional.empty(), cache.get(code(1)));
    assertFalse(Files.exists(file));
  }

  @Test
  void missesALengthThatTheFileDoesNotHaveBeforeMakingRoomForIt() throws IOException {
    byte[] lying = whole.clone();
    ByteBuffer.wrap(lying).putInt(8, Integer.MAX_VALUE);
    assertMissed(lying, "a content of 2 GiB");
    ByteBuffer.wrap(lying).putInt(8, -1);
    assertMissed(lying, "a content of less than nothing");
  }

  @Test
  void missesAndRemovesWhatIsNoFile() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    assertEquals(Optional.empty(), cache.get(code(1)));
    assertFalse(Files.exists(file));

    Path elsewhere = Files.write(folder.resolve("elsewhere"), whole);
    Files.createSymbolicLink(file, elsewhere);
    assertEquals(Optional.empty(), cache.get(code(1)));
    assertEquals(List.of(elsewhere), files(folder));
  }

  @Test
  void isWholeAgainAfterTheNextPut() throws IOException {
    Files.write(file, new byte[10]);
    cache.put(code(1), CLASSES);
    assertEquals(Optional.of(CLASSES), cache.get(code(1)));
  }

  /** Behind the seal, so that what the numbers are held against is seen to hold. */
  @Test
  void readsSealedNonsenseAsDamageOrAsClasses() throws DamagedEntryException {
    byte[] content = Arrays.copyOfRange(whole, EntryFormat.HEADER_BYTES, whole.length);
    assertEquals(CLASSES, EntryFormat.decode(content));
    var random = new Random(3);
    int damaged = 0;
    int runs = 200_000;
    for (int i = 0; i < runs; i++) {
      byte[] nonsense = Arrays.copyOf(content, random.nextInt(content.length + 20));
      for (int changes = random.nextInt(4); changes >= 0 && nonsense.length > 0; changes--) {
        nonsense[random.nextInt(nonsense.length)] = (byte) random.nextInt(256);
      }
      try {
        EntryFormat.decode(nonsense);
      } catch (DamagedEntryException e) {
        damaged++;
      }
    }
    assertTrue(damaged > runs / 2, damaged + " of " + runs);
  }

  @Test
  void countsNothingThatThereIsNoRoomFor() {
    int mainClass = Integer.BYTES + "main".length();
    byte[] content = Arrays.copyOfRange(whole, EntryFormat.HEADER_BYTES, whole.length);
    int classes = mainClass + Integer.BYTES * (1 + CLASSES.interpretedFunctions().size());
    int firstName = classes + Integer.BYTES;
    for (int at : IntStream.of(0, mainClass, classes, firstName).toArray()) {
      for (int lie : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, content.length}) {
        byte[] lying = content.clone();
        ByteBuffer.wrap(lying).putInt(at, lie);
        assertThrows(DamagedEntryException.class, () -> EntryFormat.decode(lying), at + ": " + lie);
      }
    }
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(CompiledCache.class);
  }

  private void assertMissed(byte[] damaged, String how) throws IOException {
    Files.write(file, damaged);
    assertEquals(Optional.empty(), cache.get(code(1)), how);
    assertFalse(Files.exists(file), how);
  }
}
