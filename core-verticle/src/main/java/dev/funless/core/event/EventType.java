package dev.funless.core.event;

import dev.funless.core.connector.ConnectorType;

/**
 * A type of event: one new type is one new file and one line in {@link EventTypes}.
 *
 * @param <P> its parameters
 */
public interface EventType<P extends Record> extends ConnectorType<P> {

  /**
   * Opens a source of events. Called on an event loop, on which the source stays; must not block.
   *
   * @param trigger what the source tells and asks; of this event alone
   */
  EventSource open(P parameters, Trigger trigger);
}
