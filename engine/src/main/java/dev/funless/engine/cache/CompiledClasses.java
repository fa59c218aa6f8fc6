package dev.funless.engine.cache;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a compiler made of one module. Its class files are array-backed buffers, as {@code
 * ClassLoader.defineClass} takes them without a copy; those that come from the cache are slices of
 * one array. Nobody may write to a buffer or move its position; then this is safe to share.
 *
 * @param mainClass the name of the class to begin with, one of {@code classes}
 * @param classes a class file under each class's name, both as the compiler gave them, in the order
 *     in which they are to be defined
 * @param interpretedFunctions the indices, imported functions counted, of the functions that are
 *     not in the classes and need their bodies
 */
public record CompiledClasses(
    String mainClass, SequencedMap<String, ByteBuffer> classes, Set<Integer> interpretedFunctions) {

  public CompiledClasses {
    classes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(classes));
    interpretedFunctions = Set.copyOf(interpretedFunctions);
    if (!classes.containsKey(mainClass)) {
      throw new IllegalArgumentException("the main class " + mainClass + " is not among the rest");
    }
    for (ByteBuffer bytes : classes.values()) {
      if (!bytes.hasArray()) {
        throw new IllegalArgumentException("a class file without an array");
      }
    }
    for (int function : interpretedFunctions) {
      if (function < 0) {
        throw new IllegalArgumentException("no function has the index " + function);
      }
    }
  }

  /** Wraps the arrays, in the map's order. */
  public static CompiledClasses of(
      String mainClass, Map<String, byte[]> classes, Set<Integer> interpretedFunctions) {
    var buffers = new LinkedHashMap<String, ByteBuffer>();
    classes.forEach((name, bytes) -> buffers.put(name, ByteBuffer.wrap(bytes)));
    return new CompiledClasses(mainClass, buffers, interpretedFunctions);
  }
}
