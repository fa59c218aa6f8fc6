package dev.funless.engine;

/**
 * A first look at a module's bytes, section by section, before anything is built from them: whether
 * it is wasm, whole, and of a size that can be taken apart here.
 */
final class ModuleScan {

  /** Larger modules than any that are known. */
  static final int MODULE_BYTES = 256 << 20;

  /**
   * What one byte of code costs in parsed form where it is costliest: an instruction of one byte is
   * an object of about this size.
   */
  static final long PARSED_BYTES_PER_CODE_BYTE = 64;

  private static final int CODE_SECTION = 10;
  private static final int LAST_SECTION = 13;
  private static final int MEMORY_SECTION = 5;
  private static final int MEMORY_SHARED = 0x02;
  private static final int MEMORY_64 = 0x04;

  private final byte[] code;
  private int at;

  private ModuleScan(byte[] code) {
    this.code = code;
  }

  static void check(byte[] code) throws InvalidModuleException {
    new ModuleScan(code).scan();
  }

  private void scan() throws InvalidModuleException {
    header();
    while (at < code.length) {
      int start = at;
      int section = code[at++] & 0xFF;
      if (section > LAST_SECTION) {
        throw new InvalidModuleException(
            "The module is damaged: there is no section " + section + ", at byte " + start + ".");
      }
      long size = unsigned();
      if (size > code.length - at) {
        throw cutOff();
      }
      int end = at + (int) size;
      if (section == CODE_SECTION) {
        fits(size);
      } else if (section == MEMORY_SECTION) {
        memories(end);
      }
      at = end;
    }
  }

  private void header() throws InvalidModuleException {
    if (code.length > MODULE_BYTES) {
      throw new InvalidModuleException(
          "The module is larger than " + (MODULE_BYTES >> 20) + " MiB.");
    }
    byte[] magic = {0, 'a', 's', 'm'};
    for (int i = 0; i < magic.length; i++) {
      if (i >= code.length || code[i] != magic[i]) {
        throw new InvalidModuleException(
            "This is no wasm module: it does not start with the bytes that mark one.");
      }
    }
    at = 8;
    if (code.length < at) {
      throw cutOff();
    }
    int version = (code[4] & 0xFF) | (code[5] & 0xFF) << 8 | (code[6] & 0xFF) << 16;
    if (version != 1 || code[7] != 0) {
      throw new InvalidModuleException(
          "This is wasm of another version, or a component; only core modules, version 1, run"
              + " here.");
    }
  }

  private static void fits(long codeBytes) throws InvalidModuleException {
    long available = Runtime.getRuntime().maxMemory() / 4 * 3;
    if (codeBytes * PARSED_BYTES_PER_CODE_BYTE > available) {
      throw new InvalidModuleException(
          "The module's code is too large to be taken apart in this node's memory.");
    }
  }

  /** The library would say of these only that they are malformed. */
  private void memories(int end) throws InvalidModuleException {
    long count = unsigned();
    if (count > 1) {
      throw new InvalidModuleException("The module has more than one memory; only one is run.");
    }
    if (count == 1 && at < end) {
      int flags = code[at];
      if ((flags & MEMORY_64) != 0) {
        throw new InvalidModuleException(
            "The module's memory is a 64-bit one; only 32-bit is run.");
      }
      if ((flags & MEMORY_SHARED) != 0) {
        throw new InvalidModuleException("The module's memory is shared; threads are not run.");
      }
    }
  }

  private long unsigned() throws InvalidModuleException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at >= code.length) {
        throw cutOff();
      }
      int next = code[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new InvalidModuleException(
        "The module is damaged: a number at byte " + at + " is too long.");
  }

  private InvalidModuleException cutOff() {
    return new InvalidModuleException(
        "The module is cut off: it ends after "
            + code.length
            + " bytes, in the middle of a section.");
  }
}
