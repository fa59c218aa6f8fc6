package dev.funless.engine.abi;

/** The guest ended itself with an exit code. */
public final class GuestExit extends RuntimeException {

  private final int code;

  GuestExit(int code) {
    super("exit", null, false, false);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
