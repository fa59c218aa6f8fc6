package dev.funless.engine.abi;

/** The open descriptors of one call: at most stdin, stdout and stderr. There are no others. */
final class Descriptors {

  static final int STDIN = 0;
  static final int STDOUT = 1;
  static final int STDERR = 2;

  private final boolean[] open = {true, true, true};

  boolean isOpen(int descriptor) {
    return descriptor >= STDIN && descriptor <= STDERR && open[descriptor];
  }

  void close(int descriptor) {
    open[descriptor] = false;
  }
}
