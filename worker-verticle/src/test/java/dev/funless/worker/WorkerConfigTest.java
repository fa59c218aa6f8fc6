package dev.funless.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.config.ConfigurationException;
import dev.funless.shared.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerConfigTest {

  private static final Path FILE =
      Path.of(System.getProperty("funless.root"), "config", "worker.yaml");

  /** A key that is commented out; prose has spaces before its first colon. */
  private static final Pattern COMMENTED = Pattern.compile("# ( {2})?([a-z_]+):(.*)");

  /** Given by whoever starts nodes, not by people. */
  private static final String PARENT = "parent.pid";

  /** Depend on the machine, so the file shows only an example of them. */
  private static final Map<String, String> MACHINE =
      Map.of("worker.places", "2", "worker.memory_mb", "16");

  @TempDir Path folder;

  @Test
  void theFileShowsEveryKeyAndItsDefault() throws IOException {
    Settings shown = Settings.load(uncommented(), Map.of("FUNLESS_WORKER_MEMORY_MB", "16"));

    assertEquals(WorkerConfig.read(Settings.of(MACHINE)), WorkerConfig.read(shown));
    Set<String> read = new TreeSet<>(shown.keysRead());
    assertTrue(read.remove(PARENT));
    assertEquals(read, keys());
  }

  @Test
  void everyErrorIsToldAtOnce() {
    Settings settings =
        Settings.of(Map.of("worker.places", "0", "worker.queue", "many", "nobody.reads", "1"));

    String message =
        assertThrows(ConfigurationException.class, () -> WorkerConfig.read(settings)).getMessage();

    assertTrue(message.contains("worker.places:"), message);
    assertTrue(message.contains("worker.queue:"), message);
    assertTrue(message.contains("nobody.reads: there is no such key"), message);
  }

  @Test
  void guestsMayNotHaveMoreMemoryThanTheHeap() {
    Settings settings = Settings.of(Map.of("worker.memory_mb", "100000000"));

    assertThrows(ConfigurationException.class, () -> WorkerConfig.read(settings));
  }

  private Path uncommented() throws IOException {
    return Files.write(
        folder.resolve("worker.yaml"),
        Files.readAllLines(FILE).stream()
            .map(line -> COMMENTED.matcher(line).matches() ? line.substring(2) : line)
            .toList());
  }

  private static Set<String> keys() throws IOException {
    Set<String> keys = new TreeSet<>();
    String section = "";
    for (String line : Files.readAllLines(FILE)) {
      Matcher key = COMMENTED.matcher(line);
      if (key.matches() && key.group(1) == null) {
        section = key.group(2);
      } else if (key.matches()) {
        keys.add(section + "." + key.group(2));
      }
    }
    return keys;
  }
}
