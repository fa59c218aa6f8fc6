package dev.funless.core.event;

/**
 * A type of event that exactly one core at a time owns.
 *
 * @param <P> its parameters
 */
public non-sealed interface SourceType<P extends Record> extends EventType<P> {

  /**
   * Opens a source of events. Called on an event loop, on which the source stays; must not block.
   *
   * @param trigger what the source tells and asks; of this event alone
   */
  EventSource open(P parameters, Trigger trigger);
}
