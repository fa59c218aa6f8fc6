package dev.funless.fuzz.reference;

/** Another engine, to compare with. Used by one thread. */
public interface Reference extends AutoCloseable {

  /** What it is called in a report. */
  String name();

  /** Runs a generated module from its start to its end, in a new instance. */
  Observed run(byte[] module, byte[] input);

  /** Whether it tells kinds of traps by the same names as {@link Traps}. */
  boolean namesTraps();

  @Override
  void close();
}
