package dev.funless.engine.cache;

import static dev.funless.engine.cache.Samples.VERSION;
import static dev.funless.engine.cache.Samples.code;
import static dev.funless.engine.cache.Samples.compiled;
import static dev.funless.engine.cache.Samples.onlyFile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What stops also root: a file where the folder should be, and a folder where a file should be. */
class UnusableFolderTest {

  @TempDir Path temporary;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
  }

  @Test
  void missesAndWarnsOnceWhereTheFolderIsAFile() throws IOException {
    Path file = Files.write(temporary.resolve("file"), new byte[] {1, 2, 3});
    var cache = new CompiledCache(file, VERSION, 1000);
    for (int i = 0; i < 3; i++) {
      cache.put(code(1), compiled(1, 0, 10));
      assertEquals(Optional.empty(), cache.get(code(1)));
      cache.remove(code(1));
      cache.keepOnly(Set.of());
    }
    assertEquals(1, warnings().size(), warnings()::toString);
    assertEquals(3, Files.size(file));
  }

  @Test
  void comesBackWhenTheFolderDoesAndWarnsAgainTheNextTime() throws IOException {
    Path folder = temporary.resolve("folder");
    Files.createFile(folder);
    var cache = new CompiledCache(folder, VERSION, 10_000);
    Files.delete(folder);
    assertEquals(Optional.empty(), cache.get(code(1)));
    cache.put(code(1), compiled(1, 0, 10));
    assertEquals(Optional.of(compiled(1, 0, 10)), cache.get(code(1)));
    Files.delete(onlyFile(folder));
    Files.delete(folder);
    Files.createFile(folder);
    assertEquals(Optional.empty(), cache.get(code(1)));
    cache.put(code(1), compiled(1, 0, 10));
    assertEquals(2, warnings().size(), warnings()::toString);
  }

  @Test
  void survivesAFolderInAnEntrysPlaceThatCannotBeRemoved() throws IOException {
    Path folder = temporary.resolve("folder");
    var cache = new CompiledCache(folder, VERSION, 10_000);
    Path entry = folder.resolve(new EntryKey(code(1), EntryKey.hash(VERSION)).fileName());
    Files.createDirectories(entry.resolve("occupied"));
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), cache.get(code(1)));
      cache.put(code(1), compiled(1, 0, 10));
    }
    assertEquals(1, warnings().size(), warnings()::toString);
    assertEquals(entry, onlyFile(folder), "no unfinished file is left");
    cache.put(code(2), compiled(2, 0, 10));
    assertTrue(cache.get(code(2)).isPresent());
  }

  @Test
  void saysOnceThatAnEntryIsDamaged() throws IOException {
    Path folder = temporary.resolve("folder");
    var cache = new CompiledCache(folder, VERSION, 10_000);
    cache.put(code(1), compiled(1, 0, 10));
    Files.write(onlyFile(folder), new byte[100]);
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), cache.get(code(1)));
    }
    assertEquals(1, warnings().size(), warnings()::toString);
    assertTrue(warnings().getFirst().contains("damaged"), warnings()::toString);
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(CompiledCache.class);
  }
}
