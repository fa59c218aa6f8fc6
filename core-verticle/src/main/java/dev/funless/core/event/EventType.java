package dev.funless.core.event;

import dev.funless.core.connector.ConnectorType;

/**
 * A type of event: one new type is one new file and one line in {@link EventTypes}. Either a core
 * owns an event of the type and keeps a source of it open, or every core serves it from its
 * catalogue.
 *
 * @param <P> its parameters
 */
public sealed interface EventType<P extends Record> extends ConnectorType<P>
    permits SourceType, StandingType {}
