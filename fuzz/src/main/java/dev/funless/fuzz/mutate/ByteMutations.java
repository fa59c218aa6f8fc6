package dev.funless.fuzz.mutate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.wasm.Code;
import dev.funless.fuzz.wasm.Operator;
import dev.funless.fuzz.wasm.WasmBytes;
import java.util.Arrays;
import java.util.List;

/** Damages a run of bytes. None is empty before; one may be afterwards. */
final class ByteMutations {

  private static final List<Long> EXTREMES =
      List.of(0L, 1L, 127L, 128L, 65_535L, 65_536L, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL);

  private ByteMutations() {}

  static byte[] once(byte[] bytes, byte[] other, Dice dice) {
    if (bytes.length == 0) {
      return dice.bytes(1);
    }
    int at = dice.below(bytes.length);
    return switch (dice.below(12)) {
      case 0 -> with(bytes, at, bytes[at] ^ (1 << dice.below(8)));
      case 1 -> with(bytes, at, dice.below(256));
      case 2 -> with(bytes, at, bytes[at] + (dice.oneIn(2) ? 1 : -1));
      case 3 -> replaced(bytes, at, at, dice.bytes(dice.between(1, 4)));
      case 4 -> replaced(bytes, at, end(bytes, at, dice.between(1, 8)), new byte[0]);
      case 5 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end(bytes, at, 12)));
      case 6 -> replaced(bytes, at, numberEnd(bytes, at), number(bytes, at, dice));
      case 7 -> constant(bytes, at, dice);
      case 8, 9 -> operator(bytes, at, dice);
      case 10 -> spliced(bytes, at, other, dice);
      default -> swapped(bytes, at, dice.below(bytes.length));
    };
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] swapped(byte[] bytes, int at, int with) {
    byte[] changed = bytes.clone();
    changed[at] = bytes[with];
    changed[with] = bytes[at];
    return changed;
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    return new WasmBytes()
        .put(Arrays.copyOf(bytes, from))
        .put(by)
        .put(Arrays.copyOfRange(bytes, to, bytes.length))
        .toArray();
  }

  /** A number in LEB128, by an extreme one, by its neighbour, or by itself at greater length. */
  private static byte[] number(byte[] bytes, int at, Dice dice) {
    long value = 0;
    for (int i = at; i < numberEnd(bytes, at); i++) {
      value |= (bytes[i] & 0x7FL) << (7 * (i - at));
    }
    return switch (dice.below(4)) {
      case 0 -> new WasmBytes().unsigned(value + (dice.oneIn(2) ? 1 : -1)).toArray();
      case 1 -> {
        var padded = new WasmBytes();
        for (int i = dice.below(5); i > 0; i--) {
          padded.put((int) ((value & 0x7F) | 0x80));
          value >>>= 7;
        }
        yield padded.put((int) (value & 0x7F)).toArray();
      }
      default -> new WasmBytes().unsigned(dice.pick(EXTREMES)).toArray();
    };
  }

  private static int numberEnd(byte[] bytes, int at) {
    int end = at;
    while (end < bytes.length - 1 && end - at < 9 && bytes[end] < 0) {
      end++;
    }
    return end + 1;
  }

  /** The next constant of an integer type, by an extreme one. */
  private static byte[] constant(byte[] bytes, int at, Dice dice) {
    for (int i = at; i < bytes.length - 1; i++) {
      if (bytes[i] == 0x41) {
        byte[] by = new Code().i32(dice.integer()).toArray();
        return replaced(bytes, i, numberEnd(bytes, i + 1), by);
      }
      if (bytes[i] == 0x42) {
        byte[] by = new Code().i64(dice.longInteger()).toArray();
        return replaced(bytes, i, numberEnd(bytes, i + 1), by);
      }
    }
    return with(bytes, at, dice.below(256));
  }

  /** The next byte that may be an operator, by another operator of the same operands. */
  private static byte[] operator(byte[] bytes, int at, Dice dice) {
    for (int i = at; i < bytes.length; i++) {
      int code = bytes[i] & 0xFF;
      for (Operator each : Operator.ALL) {
        if (each.code() == code && !each.prefixed()) {
          List<Operator> alike =
              Operator.ALL.stream()
                  .filter(
                      other ->
                          !other.prefixed()
                              && other.result() == each.result()
                              && other.params().equals(each.params()))
                  .toList();
          return with(bytes, i, dice.pick(alike).code());
        }
      }
    }
    return with(bytes, at, dice.below(256));
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] other, Dice dice) {
    if (other.length == 0) {
      return with(bytes, at, 0);
    }
    int from = dice.below(other.length);
    byte[] piece = Arrays.copyOfRange(other, from, end(other, from, dice.between(1, 30)));
    return replaced(bytes, at, dice.oneIn(2) ? at : end(bytes, at, piece.length), piece);
  }

  private static int end(byte[] bytes, int from, int count) {
    return Math.min(bytes.length, from + count);
  }
}
