package dev.funless.core.event;

/**
 * A type of event that every core serves from its catalogue, so that nobody has to own it.
 *
 * @param <P> its parameters
 */
public non-sealed interface StandingType<P extends Record> extends EventType<P> {

  /**
   * What one event alone may have: of several that claim it, the oldest.
   *
   * @param key the same for all that exclude each other
   * @param shown as users know it
   */
  record Claim(String key, String shown) {}

  Claim claim(P parameters);
}
