package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Modules made of other modules, or byte by byte. */
final class Wasm {

  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private Wasm() {}

  /** The same module with a custom section, which does nothing, of that many random bytes. */
  static byte[] padded(byte[] module, int bytes) {
    byte[] padding = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(padding);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    name(content, "padding");
    content.writeBytes(padding);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(module);
    section(whole, 0, content);
    return whole.toByteArray();
  }

  static byte[] cutOff(byte[] module, int bytes) {
    return Arrays.copyOf(module, bytes);
  }

  /** A module with nothing in it. */
  static byte[] empty() {
    return HEADER.clone();
  }

  /** A module that imports one function without parameters and results. */
  static byte[] importing(String module, String function) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(HEADER);
    ByteArrayOutputStream types = new ByteArrayOutputStream();
    types.writeBytes(new byte[] {1, 0x60, 0, 0});
    section(whole, 1, types);
    ByteArrayOutputStream imports = new ByteArrayOutputStream();
    imports.write(1);
    name(imports, module);
    name(imports, function);
    imports.writeBytes(new byte[] {0, 0});
    section(whole, 2, imports);
    return whole.toByteArray();
  }

  /** A FunLess function that does nothing, and starts with that many pages of 64 KiB. */
  static byte[] withMemory(int pages) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(HEADER);
    ByteArrayOutputStream types = new ByteArrayOutputStream();
    types.writeBytes(new byte[] {1, 0x60, 1, 0x7f, 1, 0x7f});
    section(whole, 1, types);
    ByteArrayOutputStream functions = new ByteArrayOutputStream();
    functions.writeBytes(new byte[] {1, 0});
    section(whole, 3, functions);
    ByteArrayOutputStream memories = new ByteArrayOutputStream();
    memories.writeBytes(new byte[] {1, 0});
    unsigned(memories, pages);
    section(whole, 5, memories);
    ByteArrayOutputStream exports = new ByteArrayOutputStream();
    exports.write(2);
    name(exports, "memory");
    exports.writeBytes(new byte[] {2, 0});
    name(exports, "__invoke");
    exports.writeBytes(new byte[] {0, 0});
    section(whole, 7, exports);
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.writeBytes(new byte[] {1, 4, 0, 0x41, 0, 0x0b});
    section(whole, 10, code);
    return whole.toByteArray();
  }

  private static void section(ByteArrayOutputStream out, int id, ByteArrayOutputStream content) {
    out.write(id);
    unsigned(out, content.size());
    out.writeBytes(content.toByteArray());
  }

  private static void name(ByteArrayOutputStream out, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    unsigned(out, bytes.length);
    out.writeBytes(bytes);
  }

  /** LEB128. */
  private static void unsigned(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
