package dev.funless.shared.protocol;

/**
 * Where messages are published to whoever listens; nobody answers.
 *
 * @param name the address on the event bus
 */
public record Topic<M extends Record>(String name, Class<M> message) {}
