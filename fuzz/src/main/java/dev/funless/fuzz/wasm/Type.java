package dev.funless.fuzz.wasm;

/** A value type of wasm, with the byte that stands for it. */
public enum Type {
  I32(0x7F),
  I64(0x7E),
  F32(0x7D),
  F64(0x7C),
  FUNCREF(0x70),
  EXTERNREF(0x6F);

  private final int code;

  Type(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public boolean isReference() {
    return this == FUNCREF || this == EXTERNREF;
  }
}
