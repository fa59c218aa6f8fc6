package dev.funless.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.database.DatabaseConfig;
import dev.funless.shared.config.ConfigurationException;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreConfigTest {

  private static final Path CONFIG = Path.of(System.getProperty("funless.root"), "config");

  /** A key that is commented out; prose has spaces before its first colon. */
  private static final Pattern COMMENTED = Pattern.compile("# ( {2})?([a-z_]+):(.*)");

  /** Given by whoever starts nodes, not by people. */
  private static final String PARENT = "parent.pid";

  @TempDir Path folder;

  @Test
  void theFileShowsEveryKeyAndItsDefault() throws IOException {
    Settings shown = Settings.load(uncommented("core.yaml"), Map.of());
    CoreConfig config = CoreConfig.read(shown);

    // The number of processors is this machine's.
    Settings defaults = Settings.of(Map.of("http.event_loops", "1"));
    assertEquals(CoreConfig.read(defaults), config);
    assertEquals(without(shown.keysRead(), PARENT), keys("core.yaml"));
  }

  @Test
  void theDatabasesFileShowsKeysThatAreRead() throws IOException {
    Settings shown = Settings.load(uncommented("db.yaml"), Map.of());
    NodeConfig.read(shown, "db");
    DatabaseConfig.read(shown);

    shown.check();
    assertEquals(Set.of("data.dir", "database.port"), keys("db.yaml"));
  }

  @Test
  void everyErrorIsToldAtOnce() {
    Settings settings =
        Settings.of(
            Map.of(
                "http.port", "x",
                "database.uri", "postgresql//secret@nowhere",
                "limits.timeout_ms", "0",
                "scheduler.max_calls", "0",
                "nobody.reads", "1"));

    String message =
        assertThrows(ConfigurationException.class, () -> CoreConfig.read(settings)).getMessage();

    for (String key :
        List.of("http.port", "database.uri", "limits.timeout_ms", "scheduler.max_calls")) {
      assertTrue(message.contains(key + ":"), message);
    }
    assertTrue(message.contains("nobody.reads: there is no such key"), message);
    assertFalse(message.contains("secret"), message);
  }

  @Test
  void defaultsOfLimitsMustNotExceedTheirCaps() {
    Settings settings = Settings.of(Map.of("limits.max_memory_mb", "32"));

    CoreConfig config =
        CoreConfig.read(
            Settings.of(Map.of("limits.max_memory_mb", "32", "limits.memory_mb", "32")));

    assertEquals(32L << 20, config.limits().defaults().memoryBytes());
    assertEquals(32L << 20, CoreConfig.read(settings).limits().defaults().memoryBytes());
    assertThrows(
        ConfigurationException.class,
        () ->
            CoreConfig.read(
                Settings.of(Map.of("limits.max_memory_mb", "32", "limits.memory_mb", "33"))));
  }

  @Test
  void theLogIsBoundedByItsCapToo() {
    Settings settings = Settings.of(Map.of("limits.max_log_bytes", "100"));

    assertEquals(100, CoreConfig.read(settings).limits().defaults().logBytes());
    assertThrows(
        ConfigurationException.class,
        () ->
            CoreConfig.read(
                Settings.of(Map.of("limits.max_log_bytes", "100", "limits.log_bytes", "101"))));
  }

  private static Set<String> without(Set<String> keys, String key) {
    Set<String> rest = new TreeSet<>(keys);
    assertTrue(rest.remove(key));
    return rest;
  }

  private Path uncommented(String name) throws IOException {
    Path file = folder.resolve(name);
    List<String> lines = Files.readAllLines(CONFIG.resolve(name));
    Files.write(
        file,
        lines.stream()
            .map(line -> COMMENTED.matcher(line).matches() ? line.substring(2) : line)
            .toList());
    return file;
  }

  private static Set<String> keys(String name) throws IOException {
    Set<String> keys = new TreeSet<>();
    String section = "";
    for (String line : Files.readAllLines(CONFIG.resolve(name))) {
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
