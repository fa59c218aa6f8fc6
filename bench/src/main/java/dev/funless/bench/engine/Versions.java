package dev.funless.bench.engine;

import dev.funless.bench.engine.guests.Toolchain.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** What the figures were measured with. */
final class Versions {

  private Versions() {}

  static List<String> of(Setting setting) throws IOException, InterruptedException {
    Properties libraries = libraries();
    int cores = Runtime.getRuntime().availableProcessors();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<String> lines = new ArrayList<>();
    lines.add(
        "JDK %s (%s), Chicory %s, JMH %s, %s %s, %d cores, load average %.2f"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.name"),
                libraries.getProperty("chicory"),
                libraries.getProperty("jmh"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                cores,
                load));
    if (load > cores) {
      lines.add("BUSY MACHINE: others want its processors too, and the figures say little");
    }
    for (Tool tool : Tool.values()) {
      lines.add(tool.word() + ": " + setting.tools().version(tool));
    }
    lines.add("JVM options: " + jvmOptions(setting));
    EngineOptions options = setting.options();
    lines.add(
        "%s%d rounds; medians, lowest and highest in brackets"
            .formatted(
                options.quick() ? "QUICK RUN, the figures say little; " : "", options.rounds()));
    return lines;
  }

  private static String jvmOptions(Setting setting) throws IOException {
    return Files.readAllLines(setting.jvmOptions()).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .collect(Collectors.joining(" "));
  }

  private static Properties libraries() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    }
    return properties;
  }
}
