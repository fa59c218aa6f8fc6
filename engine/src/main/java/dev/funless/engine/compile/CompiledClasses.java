package dev.funless.engine.compile;

import java.util.Map;
import java.util.Set;

/**
 * A module as classes of the JVM.
 *
 * @param mainClass the class of the machine
 * @param classes class files by name, with dots
 * @param interpreted functions that are too large for a method of the JVM
 */
public record CompiledClasses(
    String mainClass, Map<String, byte[]> classes, Set<Integer> interpreted) {}
