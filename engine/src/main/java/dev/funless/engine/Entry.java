package dev.funless.engine;

/** How a module is entered. */
public enum Entry {
  /** FunLess's host interface: {@code __invoke(len) -> i32} with imports from {@code fl_imps}. */
  FUNLESS,
  /** A WASI preview 1 command: {@code _start()}, arguments on stdin, the answer on stdout. */
  WASI_COMMAND
}
