package dev.funless.core.schedule;

/**
 * {@code {"language": "hash", "key": "customer.id"}}.
 *
 * @param key where in the arguments the key is: names of objects' members, with dots between
 */
public record HashConfig(String key) implements PolicyConfig {

  private static final int MAX_LENGTH = 200;

  public HashConfig {
    if (key == null || key.isEmpty() || key.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "key must name a place in the arguments, such as customer.id.");
    }
  }
}
