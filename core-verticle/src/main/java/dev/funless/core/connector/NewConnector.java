package dev.funless.core.connector;

/**
 * An event or sink that was checked and is to be stored.
 *
 * @param parameters JSON, its secrets encrypted
 */
public record NewConnector(String type, String parameters) {}
