package dev.funless.fuzz.trial;

import dev.funless.fuzz.wasm.WasmBytes;

/** Makes a module so large that the engine interprets it at first. */
final class Padding {

  private static final int BYTES = 128 << 10;
  private static final int CUSTOM_SECTION = 0;

  private Padding() {}

  static byte[] toBeInterpreted(byte[] module) {
    byte[] section = new WasmBytes().name("padding").put(new byte[BYTES]).toArray();
    return new WasmBytes().put(module).put(CUSTOM_SECTION).sized(section).toArray();
  }
}
