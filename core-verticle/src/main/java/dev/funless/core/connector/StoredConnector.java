package dev.funless.core.connector;

/**
 * An event or sink of a function, as stored.
 *
 * @param id unique among those of its kind
 * @param parameters JSON, its secrets encrypted
 */
public record StoredConnector(long id, String type, String parameters) {}
