package dev.funless.engine;

/**
 * What the platform needs to know of a valid module.
 *
 * @param entry how it is entered
 * @param initialMemoryBytes the linear memory it starts with, in bytes
 */
public record ModuleInfo(Entry entry, long initialMemoryBytes) {}
