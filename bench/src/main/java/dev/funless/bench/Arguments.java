package dev.funless.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Command-line arguments of the forms {@code --name value}, which may repeat, and {@code --flag}.
 */
public final class Arguments {

  private final Map<String, List<String>> given = new HashMap<>();

  /**
   * @throws IllegalArgumentException when an argument is unknown or lacks its value
   */
  public Arguments(List<String> arguments, Set<String> named, Set<String> flags) {
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (flags.contains(name)) {
        given.put(name, List.of());
      } else if (!named.contains(name)) {
        throw new IllegalArgumentException("unknown argument " + name);
      } else if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      } else {
        given.computeIfAbsent(name, _ -> new ArrayList<>()).add(arguments.get(++i));
      }
    }
  }

  public boolean has(String name) {
    return given.containsKey(name);
  }

  public List<String> all(String name) {
    return List.copyOf(given.getOrDefault(name, List.of()));
  }

  /** The last value given. */
  public Optional<String> value(String name) {
    return has(name) ? Optional.of(given.get(name).getLast()) : Optional.empty();
  }

  public int integer(String name, int lowest, int highest, int otherwise) {
    return Math.toIntExact(Math.round(number(name, lowest, highest, otherwise)));
  }

  public double number(String name, double lowest, double highest, double otherwise) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    double number;
    try {
      number = Double.parseDouble(text.get());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is no number: " + text.get(), e);
    }
    if (!(number >= lowest && number <= highest)) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, not %s".formatted(name, lowest, highest, text.get()));
    }
    return number;
  }

  /** Seconds, 0.1 to 3,600, fractions too. */
  public Duration seconds(String name, double otherwise) {
    return Duration.ofMillis(Math.round(number(name, 0.1, 3600, otherwise) * 1000));
  }
}
