package dev.funless.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** What figures were measured on, and with what. */
public final class Machine {

  private Machine() {}

  /**
   * The versions and the machine; and that others want its processors, where they do.
   *
   * @param libraries names in {@code versions.properties}
   */
  public static List<String> lines(List<String> libraries) throws IOException {
    Properties versions = versions();
    int cores = Runtime.getRuntime().availableProcessors();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<String> lines = new ArrayList<>();
    lines.add(
        "JDK %s (%s), %s, %s %s, %d cores, load average %.2f"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.name"),
                libraries.stream()
                    .map(name -> name + " " + versions.getProperty(name))
                    .collect(Collectors.joining(", ")),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                cores,
                load));
    if (load > cores) {
      lines.add("BUSY MACHINE: others want its processors too, and the figures say little");
    }
    return lines;
  }

  /** The options of a JVM, without the comments of the file. */
  public static String jvmOptions(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .collect(Collectors.joining(" "));
  }

  private static Properties versions() throws IOException {
    Properties versions = new Properties();
    try (InputStream in = Machine.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    }
    return versions;
  }
}
