package dev.funless.shared.protocol;

/**
 * Where requests of type {@code Q} are answered with an {@code A}, or a {@link Failure}.
 *
 * @param name the address on the event bus
 */
public record Address<Q extends Record, A extends Record>(
    String name, Class<Q> request, Class<A> answer) {}
