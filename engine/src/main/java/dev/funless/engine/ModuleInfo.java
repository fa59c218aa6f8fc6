package dev.funless.engine;

/**
 * What the platform needs to know of a valid module.
 *
 * @param entry how it is entered
 * @param initialMemoryBytes the linear memory it starts with, in bytes
 * @param initialTableEntries how many entries the largest of its tables starts with
 */
public record ModuleInfo(Entry entry, long initialMemoryBytes, int initialTableEntries) {}
