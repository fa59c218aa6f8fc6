package dev.funless.engine.cache;

/** A place in a module's bytes that moves forward, and never past their end. One owner. */
final class WasmBytes {

  private static final int SHORTEST_LONG_TYPE = 0x63;
  private static final int LONGEST_LONG_TYPE = 0x64;

  private final byte[] module;
  private int at;

  WasmBytes(byte[] module, int at) {
    this.module = module;
    this.at = at;
  }

  int at() {
    return at;
  }

  boolean hasMore() {
    return at < module.length;
  }

  int next() {
    if (at == module.length) {
      throw malformed("it ends in the middle");
    }
    return module[at++] & 0xFF;
  }

  /** Moves past the next bytes, and says where they end. */
  int skip(long bytes) {
    if (bytes > module.length - at) {
      throw malformed("it has not the " + bytes + " bytes that should follow");
    }
    at += (int) bytes;
    return at;
  }

  /** A number of at most 32 bits. */
  long number() {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = next();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        if (value > 0xFFFF_FFFFL) {
          break;
        }
        return value;
      }
    }
    throw malformed("a number is too large");
  }

  /** Moves past an import, and says whether it is a function. */
  boolean importsFunction() {
    skip(number());
    skip(number());
    int kind = next();
    switch (kind) {
      case 0 -> number();
      case 1 -> {
        skipType();
        skipLimits();
      }
      case 2 -> skipLimits();
      case 3 -> {
        skipType();
        next();
      }
      case 4 -> {
        next();
        number();
      }
      default -> throw malformed("there is no import of kind " + kind);
    }
    return kind == 0;
  }

  IllegalArgumentException malformed(String why) {
    return new IllegalArgumentException("The module is malformed at byte " + at + ": " + why + ".");
  }

  private void skipLimits() {
    int flags = next();
    skipNumber();
    if ((flags & 1) != 0) {
      skipNumber();
    }
  }

  private void skipType() {
    int type = next();
    if (type >= SHORTEST_LONG_TYPE && type <= LONGEST_LONG_TYPE) {
      skipNumber();
    }
  }

  /** Of up to 64 bits. */
  private void skipNumber() {
    for (int bytes = 0; bytes < 10; bytes++) {
      if (next() < 0x80) {
        return;
      }
    }
    throw malformed("a number is too long");
  }
}
