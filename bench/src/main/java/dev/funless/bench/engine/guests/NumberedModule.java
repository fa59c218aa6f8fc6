package dev.funless.bench.engine.guests;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Modules that do the same and have other bytes, for what is kept by its bytes. */
public final class NumberedModule {

  private static final int NUMBERS = 1_000_000;
  private static final byte[] ID = "id000000".getBytes(StandardCharsets.UTF_8);

  /** A custom section of eight bytes: the length of its name, its name, and six digits. */
  private static final byte[] SECTION_HEAD = {0, 8, 1, 'n'};

  private NumberedModule() {}

  /** The module with a custom section behind it that holds {@code number}. */
  public static byte[] withSection(byte[] wasm, int number) {
    byte[] digits = digits(number);
    byte[] numbered = Arrays.copyOf(wasm, wasm.length + SECTION_HEAD.length + digits.length);
    System.arraycopy(SECTION_HEAD, 0, numbered, wasm.length, SECTION_HEAD.length);
    System.arraycopy(digits, 0, numbered, wasm.length + SECTION_HEAD.length, digits.length);
    return numbered;
  }

  /**
   * The text with {@code number} instead of the id in it: a module's own id is in its data, and it
   * answers it.
   *
   * @throws IllegalArgumentException where there is not exactly one id
   */
  public static byte[] withId(byte[] text, int number) {
    int at = find(text, 0);
    if (at < 0 || find(text, at + 1) >= 0) {
      throw new IllegalArgumentException("the id is not there exactly once");
    }
    byte[] numbered = text.clone();
    byte[] digits = digits(number);
    System.arraycopy(digits, 0, numbered, at + ID.length - digits.length, digits.length);
    return numbered;
  }

  private static byte[] digits(int number) {
    if (number < 0 || number >= NUMBERS) {
      throw new IllegalArgumentException("numbers are 0 to " + (NUMBERS - 1));
    }
    return "%06d".formatted(number).getBytes(StandardCharsets.UTF_8);
  }

  private static int find(byte[] text, int from) {
    for (int at = from; at <= text.length - ID.length; at++) {
      if (Arrays.equals(text, at, at + ID.length, ID, 0, ID.length)) {
        return at;
      }
    }
    return -1;
  }
}
