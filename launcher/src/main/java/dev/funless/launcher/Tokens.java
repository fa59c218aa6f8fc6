package dev.funless.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The tokens of the two first subjects, as a core writes them to the data folder. */
record Tokens(String admin, String guest) {

  Tokens {
    if (admin.isEmpty() || guest.isEmpty()) {
      throw new IllegalArgumentException("empty token");
    }
  }

  /** Empty while the file is missing or lacks a line. */
  static Optional<Tokens> read(Path file) {
    try {
      String text = Files.readString(file);
      return value(text, "Admin=")
          .flatMap(admin -> value(text, "Guest=").map(guest -> new Tokens(admin, guest)));
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /** Tokens are secrets: no log may show them by accident. */
  @Override
  public String toString() {
    return "Tokens[…]";
  }

  private static Optional<String> value(String text, String prefix) {
    return text.lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }
}
