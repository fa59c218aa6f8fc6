package dev.funless.fuzz.reference;

import java.util.Optional;

/** Another engine, to compare with. Used by one thread. */
public interface Reference extends AutoCloseable {

  /** What it is called in a report. */
  String name();

  /**
   * Runs a generated module from its start to its end, in a new instance.
   *
   * @return empty where it cannot: it failed in a way that no module should bring about, or cannot
   *     be given the host that the module needs
   */
  Optional<Observed> run(byte[] module, byte[] input);

  /** Whether it tells kinds of traps by the same names as {@link Traps}. */
  boolean namesTraps();

  /** Whether it is right about modules that use what few use: block parameters, tail calls. */
  boolean trustedWithRare();

  @Override
  void close();
}
