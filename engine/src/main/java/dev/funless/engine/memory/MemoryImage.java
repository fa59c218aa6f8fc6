package dev.funless.engine.memory;

import java.util.Arrays;

/**
 * What a module's memory holds at the start of a call, but for zeros, which most of it is.
 * Immutable; shared by all instances of the module.
 */
public final class MemoryImage {

  static final MemoryImage ZEROS = new MemoryImage(new byte[0][]);

  /** By block; null is a block of zeros, as is everything behind the last. */
  private final byte[][] blocks;

  private MemoryImage(byte[][] blocks) {
    this.blocks = blocks;
  }

  /** Copies what is not zero. */
  static MemoryImage of(byte[] data) {
    byte[][] blocks = new byte[data.length >>> Space.BLOCK_SHIFT][];
    int used = 0;
    for (int block = 0; block < blocks.length; block++) {
      int from = block << Space.BLOCK_SHIFT;
      int to = from + Space.BLOCK_BYTES;
      if (!isZero(data, from, to)) {
        blocks[block] = Arrays.copyOfRange(data, from, to);
        used = block + 1;
      }
    }
    return new MemoryImage(Arrays.copyOf(blocks, used));
  }

  private static boolean isZero(byte[] data, int from, int to) {
    for (int at = from; at < to; at++) {
      if (data[at] != 0) {
        return false;
      }
    }
    return true;
  }

  /** What it takes, in bytes. */
  public long bytes() {
    return Arrays.stream(blocks).mapToLong(block -> block == null ? 4 : block.length + 20).sum();
  }

  /** Into an array of zeros. */
  void writeTo(byte[] data) {
    for (int block = 0; block < blocks.length; block++) {
      if (blocks[block] != null) {
        System.arraycopy(blocks[block], 0, data, block << Space.BLOCK_SHIFT, Space.BLOCK_BYTES);
      }
    }
  }

  /**
   * Makes a part of a memory as it was at the start.
   *
   * @param from the start of a block
   * @param size at most a block
   */
  void restore(byte[] data, int from, int size) {
    int block = from >>> Space.BLOCK_SHIFT;
    if (block < blocks.length && blocks[block] != null) {
      System.arraycopy(blocks[block], 0, data, from, size);
    } else {
      Arrays.fill(data, from, from + size, (byte) 0);
    }
  }
}
