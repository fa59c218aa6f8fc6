package dev.funless.core.catalog;

import java.nio.file.Path;

/**
 * Uploaded code that was found valid.
 *
 * @param path where it lies until it is stored
 * @param sha256 its hash, 64 lower-case hexadecimal digits
 * @param bytes its size
 * @param initialMemoryBytes linear memory that an instance starts with
 */
public record CodeFile(Path path, String sha256, long bytes, long initialMemoryBytes) {}
