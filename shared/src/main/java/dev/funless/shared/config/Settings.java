package dev.funless.shared.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A node's configuration: a YAML file, overridden by environment variables. The key {@code
 * http.port} is {@code port} below {@code http} in the file and {@code FUNLESS_HTTP_PORT} in the
 * environment. Errors are collected while the records of the features are read, and told all at
 * once by {@link #check()}. Not thread-safe.
 */
public final class Settings {

  private final Map<String, String> file = new TreeMap<>();
  private final Map<String, String> environment;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<String> errors = new ArrayList<>();

  private Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads the file that {@code FUNLESS_CONFIG} names, or else {@code defaultFile} where it exists.
   */
  public static Settings load(Path defaultFile, Map<String, String> environment) {
    Settings settings = new Settings(environment);
    String named = environment.get("FUNLESS_CONFIG");
    if (named != null) {
      settings.readFile(Path.of(named));
    } else if (Files.exists(defaultFile)) {
      settings.readFile(defaultFile);
    }
    return settings;
  }

  /** The given keys and nothing else; for tests and applications that have no file. */
  public static Settings of(Map<String, String> keys) {
    Settings settings = new Settings(Map.of());
    settings.file.putAll(keys);
    return settings;
  }

  private void readFile(Path path) {
    try {
      Object root =
          new Load(LoadSettings.builder().setLabel(path.toString()).build())
              .loadFromString(Files.readString(path));
      if (root instanceof Map<?, ?> keys) {
        flatten("", keys);
      } else if (root != null) {
        errors.add(path + ": must hold keys and values");
      }
    } catch (IOException e) {
      errors.add(path + ": cannot be read (" + e + ")");
    } catch (YamlEngineException e) {
      errors.add(path + ": is not valid YAML (" + e.getMessage().replaceAll("\\s+", " ") + ")");
    }
  }

  private void flatten(String prefix, Map<?, ?> keys) {
    keys.forEach(
        (name, value) -> {
          String key = prefix + name;
          switch (value) {
            case null -> file.put(key, "");
            case Map<?, ?> below -> flatten(key + ".", below);
            case List<?> list ->
                file.put(key, String.join(",", list.stream().map(String::valueOf).toList()));
            default -> file.put(key, value.toString());
          }
        });
  }

  /** A text; {@code fallback} where it is not given. */
  public String text(String key, String fallback) {
    String given = given(key);
    return given == null ? fallback : given;
  }

  /** A whole number between two bounds, both included. */
  public int integer(String key, int fallback, int min, int max) {
    return (int) whole(key, fallback, min, max);
  }

  /** A whole number between two bounds, both included. */
  public long whole(String key, long fallback, long min, long max) {
    return parsed(
        key,
        fallback,
        text -> {
          long value = Long.parseLong(text.replace("_", ""));
          return value >= min && value <= max ? value : null;
        },
        "must be a whole number from " + min + " to " + max);
  }

  /** Yes or no. */
  public boolean flag(String key, boolean fallback) {
    return parsed(
        key,
        fallback,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> true;
              case "false", "no", "off" -> false;
              default -> null;
            },
        "must be true or false");
  }

  /** A duration, given in milliseconds under a key that ends in {@code _ms}. */
  public Duration millis(String key, Duration fallback, Duration min, Duration max) {
    return Duration.ofMillis(whole(key, fallback.toMillis(), min.toMillis(), max.toMillis()));
  }

  /** Texts that the file holds as a list and the environment separates by commas. */
  public List<String> list(String key) {
    String given = given(key);
    if (given == null) {
      return List.of();
    }
    return List.of(given.split(",")).stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Notes an error of the key that only its reader can see. */
  public void error(String key, String sentence) {
    errors.add(key + ": " + sentence + " (in the environment " + variable(key) + ")");
  }

  private <T> T parsed(String key, T fallback, Function<String, T> parse, String rule) {
    String given = given(key);
    if (given == null) {
      return fallback;
    }
    T value = null;
    try {
      value = parse.apply(given);
    } catch (NumberFormatException e) {
      // Told below, as every other value that breaks the rule.
    }
    if (value == null) {
      error(key, rule + ", not '" + given + "'");
      return fallback;
    }
    return value;
  }

  /** The value, or null where it is not given or empty. */
  private String given(String key) {
    known.add(key);
    String value = environment.getOrDefault(variable(key), file.get(key));
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String variable(String key) {
    return "FUNLESS_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * To be called when everything was read.
   *
   * @throws ConfigurationException that names every error, and every key of the file that nobody
   *     reads
   */
  public void check() {
    List<String> all = new ArrayList<>(errors);
    file.keySet().stream()
        .filter(key -> !known.contains(key) && !isEmptySection(key))
        .forEach(key -> all.add(key + ": there is no such key"));
    if (!all.isEmpty()) {
      throw new ConfigurationException(List.copyOf(all));
    }
  }

  /** The keys that were asked for until now. */
  public Set<String> keysRead() {
    return Set.copyOf(known);
  }

  /** As where all keys below {@code http:} are commented out. */
  private boolean isEmptySection(String key) {
    return file.get(key).isEmpty() && known.stream().anyMatch(k -> k.startsWith(key + "."));
  }
}
