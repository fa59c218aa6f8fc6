package dev.funless.shared.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void readsKeysOfTheFile() throws IOException {
    Settings settings =
        load(
            """
            http:
              host: 10.0.0.1
              port: 4_000
            cluster:
              members: [a:1, " b:2 "]
            flag: on
            """,
            Map.of());

    assertEquals("10.0.0.1", settings.text("http.host", "x"));
    assertEquals(4_000, settings.integer("http.port", 0, 0, 65_535));
    assertEquals(List.of("a:1", "b:2"), settings.list("cluster.members"));
    assertTrue(settings.flag("flag", false));
    settings.check();
  }

  @Test
  void environmentGoesBeforeTheFile() throws IOException {
    Settings settings =
        load(
            "http:\n  port: 1\ncluster:\n  members: [a:1]\n",
            Map.of("FUNLESS_HTTP_PORT", "2", "FUNLESS_CLUSTER_MEMBERS", "c:3, d:4,"));

    assertEquals(2, settings.integer("http.port", 0, 0, 9));
    assertEquals(List.of("c:3", "d:4"), settings.list("cluster.members"));
    settings.check();
  }

  @Test
  void givesFallbacksForKeysThatAreAbsentOrBlank() throws IOException {
    Settings settings = load("a: ''\nb:\n", Map.of("FUNLESS_C", "  "));

    assertEquals("x", settings.text("a", "x"));
    assertEquals(7, settings.integer("b", 7, 0, 9));
    assertEquals(8L, settings.whole("c", 8, 0, 9));
    assertTrue(settings.flag("d", true));
    assertEquals(
        Duration.ofSeconds(1),
        settings.millis("e_ms", Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1)));
    assertEquals(List.of(), settings.list("f"));
    settings.check();
  }

  @Test
  void tellsAllErrorsAtOnceEachWithItsKeyAndVariable() throws IOException {
    Settings settings =
        load("http:\n  port: 70000\n  hots: x\nflag: perhaps\n", Map.of("FUNLESS_E_MS", "1s"));
    int port = settings.integer("http.port", 4000, 0, 65_535);
    boolean flag = settings.flag("flag", true);
    Duration duration =
        settings.millis("e_ms", Duration.ofSeconds(3), Duration.ZERO, Duration.ofMinutes(1));
    settings.error("other", "must be something else");

    String message = assertThrows(ConfigurationException.class, settings::check).getMessage();

    assertEquals(4000, port);
    assertTrue(flag);
    assertEquals(Duration.ofSeconds(3), duration);
    assertEquals(
        """
        The configuration has errors:
          http.port: must be a whole number from 0 to 65535, not '70000' (in the environment FUNLESS_HTTP_PORT)
          flag: must be true or false, not 'perhaps' (in the environment FUNLESS_FLAG)
          e_ms: must be a whole number from 0 to 60000, not '1s' (in the environment FUNLESS_E_MS)
          other: must be something else (in the environment FUNLESS_OTHER)
          http.hots: there is no such key\
        """,
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "-1", "10", "0x5", "99999999999999999999", "five", "_"})
  void rejectsWhatIsNoWholeNumberWithinTheBounds(String text) {
    Settings settings = Settings.of(Map.of("n", text));

    assertEquals(3, settings.integer("n", 3, 0, 9));
    assertThrows(ConfigurationException.class, settings::check);
  }

  @Test
  void acceptsBothBounds() {
    Settings settings = Settings.of(Map.of("low", "0", "high", "9"));

    assertEquals(0, settings.integer("low", 3, 0, 9));
    assertEquals(9, settings.integer("high", 3, 0, 9));
    settings.check();
  }

  @Test
  void takesSectionsWithoutKeysForAbsent() throws IOException {
    Settings settings = load("http:\n#  port: 1\n", Map.of());
    settings.integer("http.port", 4000, 0, 65_535);

    assertDoesNotThrow(settings::check);
  }

  @Test
  void rejectsEmptySectionsThatNobodyReads() throws IOException {
    Settings settings = load("htpt:\n", Map.of());
    settings.integer("http.port", 4000, 0, 65_535);

    assertTrue(
        assertThrows(ConfigurationException.class, settings::check)
            .getMessage()
            .contains("htpt: there is no such key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [", "just a text", "- a\n- b\n", "a: 1\na: 2\n"})
  void tellsThatAFileCannotBeUsed(String yaml) throws IOException {
    Settings settings = load(yaml, Map.of());

    assertTrue(
        assertThrows(ConfigurationException.class, settings::check)
            .getMessage()
            .contains("node.yaml"));
  }

  @Test
  void needsTheFileThatTheEnvironmentNames() {
    Settings settings =
        Settings.load(
            folder.resolve("unused.yaml"),
            Map.of("FUNLESS_CONFIG", folder.resolve("missing.yaml").toString()));

    assertTrue(
        assertThrows(ConfigurationException.class, settings::check)
            .getMessage()
            .contains("missing.yaml"));
  }

  @Test
  void doesWithoutItsDefaultFile() {
    Settings settings = Settings.load(folder.resolve("missing.yaml"), Map.of());

    assertEquals("x", settings.text("a", "x"));
    assertDoesNotThrow(settings::check);
  }

  @Test
  void anEmptyFileGivesDefaults() throws IOException {
    assertDoesNotThrow(load("# nothing\n", Map.of())::check);
  }

  @Test
  void clusterMembersNeedAPort() {
    Settings settings = Settings.of(Map.of("cluster.members", "10.0.0.1:5701,10.0.0.2"));
    ClusterConfig.read(settings);

    String message = assertThrows(ConfigurationException.class, settings::check).getMessage();

    assertTrue(message.contains("cluster.members: must list host:port, not '10.0.0.2'"));
    assertFalse(message.contains("10.0.0.1"));
  }

  private Settings load(String yaml, Map<String, String> environment) throws IOException {
    Path file = folder.resolve("node.yaml");
    Files.writeString(file, yaml);
    return Settings.load(file, environment);
  }
}
