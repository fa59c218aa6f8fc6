package dev.funless.engine.memory;

import com.dylibso.chicory.wasm.types.DataSegment;

/**
 * The bytes of a module's data segments, read once: the library copies them at each look. Shared by
 * all instances of the module, so never written to.
 */
public final class DataSegments {

  private final byte[][] bytes;

  public DataSegments(DataSegment[] segments) {
    bytes = new byte[segments.length][];
    for (int i = 0; i < segments.length; i++) {
      bytes[i] = segments[i].data();
    }
  }

  byte[] get(int segment) {
    return bytes[segment];
  }

  int count() {
    return bytes.length;
  }
}
