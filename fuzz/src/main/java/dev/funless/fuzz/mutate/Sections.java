package dev.funless.fuzz.mutate;

import dev.funless.fuzz.wasm.WasmBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A module taken apart as far as sections and function bodies, so that what is damaged inside of
 * one does not make all sizes around it wrong.
 */
final class Sections {

  static final int CODE = 10;

  private static final int HEADER = 8;

  /** A section with its content, without its size. */
  record Section(int id, byte[] content) {}

  private Sections() {}

  /** Empty where the sizes do not fit together. */
  static Optional<List<Section>> split(byte[] module) {
    if (module.length < HEADER) {
      return Optional.empty();
    }
    var sections = new ArrayList<Section>();
    var reader = new Reader(module, HEADER);
    while (reader.at < module.length) {
      int id = module[reader.at++] & 0xFF;
      Optional<byte[]> content = reader.sized();
      if (content.isEmpty()) {
        return Optional.empty();
      }
      sections.add(new Section(id, content.get()));
    }
    return Optional.of(sections);
  }

  static byte[] join(byte[] header, List<Section> sections) {
    var module = new WasmBytes().put(Arrays.copyOf(header, HEADER));
    for (Section section : sections) {
      module.put(section.id).sized(section.content);
    }
    return module.toArray();
  }

  /** The bodies in a code section. */
  static Optional<List<byte[]>> bodies(byte[] content) {
    var reader = new Reader(content, 0);
    long count = reader.unsigned();
    var bodies = new ArrayList<byte[]>();
    for (long i = 0; i < count; i++) {
      Optional<byte[]> body = reader.sized();
      if (body.isEmpty()) {
        return Optional.empty();
      }
      bodies.add(body.get());
    }
    return bodies.isEmpty() ? Optional.empty() : Optional.of(bodies);
  }

  static byte[] joinBodies(List<byte[]> bodies) {
    var content = new WasmBytes().unsigned(bodies.size());
    bodies.forEach(content::sized);
    return content.toArray();
  }

  private static final class Reader {

    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    /** -1 where there is no number. */
    long unsigned() {
      long value = 0;
      for (int shift = 0; shift < 35 && at < bytes.length; shift += 7) {
        int next = bytes[at++];
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
      return -1;
    }

    Optional<byte[]> sized() {
      long size = unsigned();
      if (size < 0 || size > bytes.length - at) {
        return Optional.empty();
      }
      byte[] content = Arrays.copyOfRange(bytes, at, at + (int) size);
      at += (int) size;
      return Optional.of(content);
    }
  }
}
