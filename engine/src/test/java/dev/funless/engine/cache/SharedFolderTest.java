package dev.funless.engine.cache;

import static dev.funless.engine.cache.Samples.VERSION;
import static dev.funless.engine.cache.Samples.bytesIn;
import static dev.funless.engine.cache.Samples.code;
import static dev.funless.engine.cache.Samples.files;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SharedFolderTest {

  private static final int CODES = 12;

  @TempDir Path folder;

  @Test
  void givesManyThreadsOnlyWholeEntries()
      throws InterruptedException, ExecutionException, TimeoutException {
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(CompiledCache.class);
    logger.addAppender(log);
    int entry = 20_000;
    long bound = CODES / 2L * entry;
    var users = new ArrayList<CacheUser>();
    var ends = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      // Two on one folder, as when two engines share it in one process.
      var first = new CompiledCache(folder, VERSION, bound);
      var second = new CompiledCache(folder, VERSION, bound);
      for (int i = 0; i < 8; i++) {
        var user = new CacheUser(i % 2 == 0 ? first : second, i, CODES, entry);
        users.add(user);
        ends.add(threads.submit(() -> user.use(300)));
      }
      for (Future<?> end : ends) {
        end.get(60, TimeUnit.SECONDS);
      }
    } finally {
      logger.detachAppender(log);
    }
    // An entry that is replaced while it is read is no damage.
    assertEquals(List.of(), log.list);
    assertTrue(users.stream().mapToInt(CacheUser::found).sum() > 100);
    assertTrue(users.stream().mapToInt(CacheUser::put).sum() > 100);
    assertSound(bound + bound / 16 + entry);
  }

  @Test
  void givesTwoProcessesOnlyWholeEntries() throws IOException, InterruptedException {
    int entry = 50_000;
    long bound = CODES / 2L * entry;
    Process first = CacheUser.start(List.of(), folder, bound, 1, CODES, entry, 400);
    Process second = CacheUser.start(List.of(), folder, bound, 2, CODES, entry, 400);
    try {
      for (Process process : List.of(first, second)) {
        String said = CacheUser.endOf(process);
        assertTrue(said.matches("ready\nfound [1-9]\\d+ put [1-9]\\d+\n"), said);
      }
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
    assertSound(bound + bound / 16 + entry);
  }

  /** Nothing that is killed at any moment leaves what would be taken for an entry. */
  @Test
  void givesOnlyWholeEntriesAfterProcessesWereKilled() throws IOException, InterruptedException {
    int entry = 8 << 20;
    long bound = 64L << 20;
    var random = new Random(11);
    int killed = 0;
    for (int inTheMiddle = 0; inTheMiddle < 5 || killed < 8; killed++) {
      assertTrue(killed < 50, "too few were killed in the middle of writing: " + inTheMiddle);
      Process process = CacheUser.start(List.of(), folder, bound, killed, CODES, entry, 1_000_000);
      try {
        assertEquals("ready", process.inputReader().readLine());
        awaitUnfinished();
        Thread.sleep(random.nextInt(killed % 2 == 0 ? 3 : 100));
      } finally {
        process.destroyForcibly();
      }
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(128 + 9, process.exitValue(), "killed, not ended");
      if (!unfinished().isEmpty()) {
        inTheMiddle++;
      }
      for (Path file : unfinished()) {
        Samples.lastUsed(file, EntryFolder.ABANDONED.plusMinutes(1));
      }
      assertSound(bound);
      assertEquals(List.of(), unfinished());
    }
    assertFalse(files(folder).isEmpty());
  }

  /** The system refuses to let a file grow further, as a full disk does. */
  @Test
  void survivesWritesThatBreakOffInTheMiddle() throws IOException, InterruptedException {
    int blocks = 200;
    long most = blocks * 1024L;
    List<String> limited = List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh");
    int entry = 1 << 20;
    Process process = CacheUser.start(limited, folder, 64L << 20, 1, CODES, entry, 50);
    String said = CacheUser.endOf(process);
    assertTrue(said.endsWith("found 0 put 50\n"), said);
    assertEquals(1, said.split(" WARN ", -1).length - 1, said);
    assertEquals(List.of(), files(folder));
    assertTrue(entry / 2 > most);
  }

  private void assertSound(long bound) {
    assertTrue(bytesIn(folder) <= bound, () -> bytesIn(folder) + " bytes of " + bound);
    var cache = new CompiledCache(folder, VERSION, bound);
    int entries = files(folder).size() - unfinished().size();
    int whole = 0;
    for (int number = 0; number < CODES; number++) {
      Optional<CompiledClasses> found = cache.get(code(number));
      if (found.isPresent()) {
        Samples.assertWhole(number, found.get());
        whole++;
      }
    }
    assertEquals(entries, whole, "every file is an entry of which nothing is lost");
  }

  private void awaitUnfinished() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (unfinished().isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "nothing was written");
      Thread.onSpinWait();
    }
  }

  private List<Path> unfinished() {
    return files(folder).stream().filter(f -> f.toString().endsWith(".unfinished")).toList();
  }
}
