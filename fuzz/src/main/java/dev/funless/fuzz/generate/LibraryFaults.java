package dev.funless.fuzz.generate;

/**
 * What version 1.7.5 of the wasm library is known to get wrong, compiled and interpreted, and what
 * generated modules therefore leave out: each would be found again and again, and hide the rest.
 * Once one is mended, here or in the library, its line goes.
 */
final class LibraryFaults {

  /** {@code f32.convert_i64_u} rounds some numbers from 2^63 on to the wrong neighbour. */
  static final int MISROUNDING = 0xB5;

  /**
   * {@code table.init} and {@code table.fill} take the bounds for signed numbers, and their sums
   * for numbers that do not overflow: indices from 2^31 on trap late, not at all, or as a fault of
   * the library's own.
   */
  static final int LARGEST_TABLE_INDEX = 1000;

  /** Numbers of types from 64 on are taken for something else where a block names one. */
  static final int BLOCK_TYPES = 62;

  private LibraryFaults() {}
}
