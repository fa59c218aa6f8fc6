package dev.funless.worker.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.funless.shared.protocol.message.WorkerReport.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's own figures, from Linux's {@code /proc} where there is one. Thread-safe. */
public final class MachineFigures {

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path LOAD = Path.of("/proc/loadavg");

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Reads two small files that never wait for a disk. */
  public Machine read() {
    long total = system.getTotalMemorySize();
    long free = system.getFreeMemorySize();
    long available = available(free);
    double[] load = load();
    return new Machine(total, free, available, system.getCpuLoad(), load[0], load[1], load[2]);
  }

  private static long available(long fallback) {
    try {
      for (String line : Files.readAllLines(MEMORY)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux, or not as we know it.
    }
    return fallback;
  }

  private double[] load() {
    try {
      String[] parts = Files.readString(LOAD).split(" ", 4);
      return new double[] {
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])
      };
    } catch (IOException | RuntimeException e) {
      return new double[] {system.getSystemLoadAverage(), -1, -1};
    }
  }
}
