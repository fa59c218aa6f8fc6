package dev.funless.shared.protocol.message;

/**
 * Asks a core to know a version of the catalogue, or answers that it knows one.
 *
 * @param version that version, or a later one in the answer
 */
public record CatalogSync(long version) {}
