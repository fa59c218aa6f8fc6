package dev.funless.fuzz;

import dev.funless.fuzz.trial.Finding;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;

/**
 * Whether the JVM holds more and more: heap or classes, after a collection, far above what it held
 * when the first modules had been tried. Used by one thread.
 */
final class Growth {

  private static final int EVERY = 400;
  private static final long HEAP_BYTES = 96L << 20;
  private static final long CLASS_BYTES = 96L << 20;

  private long firstHeapBytes = -1;
  private long firstClassBytes = -1;

  Optional<Finding> check(long executions) {
    if (executions % EVERY != 0) {
      return Optional.empty();
    }
    System.gc();
    long heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long classBytes = classBytes();
    if (firstHeapBytes < 0) {
      firstHeapBytes = heapBytes;
      firstClassBytes = classBytes;
      return Optional.empty();
    }
    if (heapBytes - firstHeapBytes > HEAP_BYTES) {
      return Optional.of(grew("heap", firstHeapBytes, heapBytes));
    }
    if (classBytes - firstClassBytes > CLASS_BYTES) {
      return Optional.of(grew("classes", firstClassBytes, classBytes));
    }
    return Optional.empty();
  }

  private static Finding grew(String what, long fromBytes, long toBytes) {
    return new Finding(
        Finding.Kind.GREW,
        what + " grew\nfrom " + (fromBytes >> 20) + " to " + (toBytes >> 20) + " MiB");
  }

  private static long classBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
