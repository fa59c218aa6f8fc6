package dev.funless.engine.cache;

import static dev.funless.engine.cache.Samples.VERSION;
import static dev.funless.engine.cache.Samples.bytesIn;
import static dev.funless.engine.cache.Samples.code;
import static dev.funless.engine.cache.Samples.compiled;
import static dev.funless.engine.cache.Samples.files;
import static dev.funless.engine.cache.Samples.lastUsed;
import static dev.funless.engine.cache.Samples.onlyFile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledCacheTest {

  private static final long PLENTY = 1 << 20;

  @TempDir Path folder;

  @Test
  void givesBackWhatWasPutAlsoToALaterProcess() {
    CompiledClasses classes = compiled(1, 0, 1000);
    open().put(code(1), classes);
    CompiledClasses found = open().get(code(1)).orElseThrow();
    assertEquals(classes, found);
    assertEquals(
        List.copyOf(classes.classes().keySet()), List.copyOf(found.classes().keySet()), "order");
  }

  @Test
  void keepsNoClassesButAMainOneAndNoFunctions() {
    var smallest = CompiledClasses.of("", Map.of("", new byte[0]), Set.of());
    CompiledCache cache = open();
    cache.put(code(1), smallest);
    assertEquals(Optional.of(smallest), cache.get(code(1)));
  }

  @Test
  void missesWhatWasNeverPutOrWasRemoved() {
    CompiledCache cache = open();
    assertEquals(Optional.empty(), cache.get(code(1)));
    cache.put(code(1), compiled(1, 0, 10));
    cache.remove(code(1));
    cache.remove(code(1));
    assertEquals(Optional.empty(), cache.get(code(1)));
    assertEquals(List.of(), files(folder));
  }

  @Test
  void replacesAnEntry() {
    CompiledCache cache = open();
    cache.put(code(1), compiled(1, 0, 10));
    cache.put(code(1), compiled(1, 1, 500));
    assertEquals(Optional.of(compiled(1, 1, 500)), cache.get(code(1)));
    onlyFile(folder);
  }

  @Test
  void keepsOnlyWhatIsAskedFor() {
    CompiledCache cache = open();
    for (int i = 0; i < 5; i++) {
      cache.put(code(i), compiled(i, 0, 10));
    }
    cache.keepOnly(Set.of(code(1), code(3), code(9)));
    assertEquals(2, files(folder).size());
    assertTrue(cache.get(code(1)).isPresent());
    assertTrue(cache.get(code(3)).isPresent());
  }

  @Test
  void neverReadsAnotherVersionsEntriesAndRemovesThemWhenOpened() {
    open().put(code(1), compiled(1, 0, 10));
    var other = new CompiledCache(folder, "a compiler, 2.0", PLENTY);
    assertEquals(List.of(), files(folder));

    CompiledCache first = open();
    other.put(code(1), compiled(1, 2, 10));
    assertEquals(Optional.empty(), first.get(code(1)));
    first.put(code(1), compiled(1, 1, 10));
    assertEquals(Optional.of(compiled(1, 2, 10)), other.get(code(1)));
    assertEquals(Optional.of(compiled(1, 1, 10)), first.get(code(1)));
  }

  @Test
  void evictsAnotherVersionsEntriesBeforeItsOwn() throws IOException {
    var first = new CompiledCache(folder, VERSION, 10_000);
    var other = new CompiledCache(folder, "a compiler, 2.0", 10_000);
    first.put(code(1), compiled(1, 0, 4000));
    lastUsed(onlyFile(folder), Duration.ofDays(2));
    other.put(code(2), compiled(2, 0, 4000));
    first.put(code(3), compiled(3, 0, 4000));
    assertTrue(first.get(code(1)).isPresent());
    assertTrue(other.get(code(2)).isEmpty());
    assertTrue(first.get(code(3)).isPresent());
  }

  @Test
  void neverHoldsMoreThanItsBound() {
    long bound = 50_000;
    var cache = new CompiledCache(folder, VERSION, bound);
    for (int i = 0; i < 200; i++) {
      cache.put(code(i), compiled(i, 0, 10 + i * 37 % 9000));
      assertTrue(cache.get(code(i)).isPresent(), "the newest stays");
      assertTrue(bytesIn(folder) <= bound, () -> bytesIn(folder) + " bytes");
    }
    assertTrue(bytesIn(folder) > bound / 2, () -> "only " + bytesIn(folder) + " bytes are used");
  }

  @Test
  void keepsTheBoundThatItIsOpenedWith() {
    CompiledCache cache = open();
    for (int i = 0; i < 20; i++) {
      cache.put(code(i), compiled(i, 0, 1000));
    }
    assertTrue(bytesIn(folder) > 20_000);
    var smaller = new CompiledCache(folder, VERSION, 5000);
    assertTrue(bytesIn(folder) <= 5000);
    assertFalse(files(folder).isEmpty());
    smaller.put(code(99), compiled(99, 0, 5000));
    assertTrue(smaller.get(code(99)).isEmpty(), "larger than all");
  }

  @Test
  void evictsTheLeastRecentlyUsedFirst() throws IOException {
    CompiledCache large = open();
    for (int i = 0; i < 8; i++) {
      large.put(code(i), compiled(i, 0, 1000));
      lastUsed(fileOf(i), Duration.ofHours(10 - i));
    }
    assertTrue(large.get(code(0)).isPresent());
    assertTrue(large.get(code(2)).isPresent());
    long each = Files.size(fileOf(0));

    var bounded = new CompiledCache(folder, VERSION, each * 8);
    bounded.put(code(8), compiled(8, 0, 1000));
    assertEquals(Set.of(0, 2, 4, 5, 6, 7, 8), present(9));
    bounded.put(code(9), compiled(9, 0, 1000));
    bounded.put(code(10), compiled(10, 0, 1000));
    assertEquals(Set.of(0, 2, 6, 7, 8, 9, 10), present(11));
  }

  @Test
  void notesAUseOnlyWhenTheLastNotedIsOld() throws IOException {
    CompiledCache cache = open();
    cache.put(code(1), compiled(1, 0, 10));
    lastUsed(fileOf(1), EntryFolder.USE_NOTED.dividedBy(2));
    var before = Files.getLastModifiedTime(fileOf(1));
    cache.get(code(1));
    assertEquals(before, Files.getLastModifiedTime(fileOf(1)));
    lastUsed(fileOf(1), EntryFolder.USE_NOTED.multipliedBy(2));
    cache.get(code(1));
    assertTrue(Files.getLastModifiedTime(fileOf(1)).compareTo(before) > 0);
  }

  @Test
  void removesUnfinishedFilesOfTheDeadOnly() throws IOException {
    Path dead = Files.write(folder.resolve("1.unfinished"), new byte[100]);
    Path alive = Files.write(folder.resolve("2.unfinished"), new byte[100]);
    Path foreign = Files.write(folder.resolve("readme.txt"), new byte[100]);
    lastUsed(dead, EntryFolder.ABANDONED.plusMinutes(1));
    lastUsed(alive, EntryFolder.ABANDONED.minusMinutes(1));
    lastUsed(foreign, Duration.ofDays(100));
    open();
    assertEquals(List.of(alive, foreign), files(folder));
  }

  @Test
  void countsUnfinishedFilesOfOthers() throws IOException {
    Files.write(folder.resolve("1.unfinished"), new byte[8000]);
    var cache = new CompiledCache(folder, VERSION, 10_000);
    cache.put(code(1), compiled(1, 0, 1000));
    cache.put(code(2), compiled(2, 0, 1000));
    assertTrue(cache.get(code(1)).isEmpty());
    assertTrue(cache.get(code(2)).isPresent());
  }

  @Test
  void worksOnAThreadThatIsToldToStop() {
    CompiledCache cache = open();
    Thread.currentThread().interrupt();
    cache.put(code(1), compiled(1, 0, 1000));
    boolean found = cache.get(code(1)).isPresent();
    assertTrue(Thread.interrupted(), "it is still told");
    assertTrue(found);
  }

  @Test
  void refusesNamesThatAreNoHashes() {
    CompiledCache cache = open();
    for (String name : List.of("", "../" + code(1), code(1).toUpperCase(Locale.ROOT))) {
      assertThrows(IllegalArgumentException.class, () -> cache.get(name));
      assertThrows(IllegalArgumentException.class, () -> cache.put(name, compiled(1, 0, 10)));
      assertThrows(IllegalArgumentException.class, () -> cache.remove(name));
    }
    assertThrows(IllegalArgumentException.class, () -> new CompiledCache(folder, VERSION, 0));
  }

  private CompiledCache open() {
    return new CompiledCache(folder, VERSION, PLENTY);
  }

  private Path fileOf(int number) {
    return folder.resolve(new EntryKey(code(number), EntryKey.hash(VERSION)).fileName());
  }

  /** Which there are, without using any. */
  private Set<Integer> present(int numbers) {
    return IntStream.range(0, numbers)
        .filter(number -> Files.exists(fileOf(number)))
        .boxed()
        .collect(Collectors.toSet());
  }
}
