package dev.funless.bench.engine;

import dev.funless.bench.Machine;
import dev.funless.bench.engine.guests.Toolchain.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the figures were measured with. */
final class Versions {

  private Versions() {}

  static List<String> of(Setting setting) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(Machine.lines(List.of("Chicory", "JMH")));
    for (Tool tool : Tool.values()) {
      lines.add(tool.word() + ": " + setting.tools().version(tool));
    }
    lines.add("JVM options: " + Machine.jvmOptions(setting.jvmOptions()));
    EngineOptions options = setting.options();
    lines.add(
        "%s%d rounds; medians, lowest and highest in brackets"
            .formatted(
                options.quick() ? "QUICK RUN, the figures say little; " : "", options.rounds()));
    return lines;
  }
}
