package dev.funless.fuzz.trial;

import java.util.Map;

/** What all threads of the JVM do at the moment. */
public final class Threads {

  private static final int FRAMES = 40;

  private Threads() {}

  /** The stacks of the threads that may hang: the fuzzer's own and the engine's. */
  public static String dump() {
    var text = new StringBuilder();
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      String name = each.getKey().getName();
      if (!name.startsWith("guest") && !name.startsWith("fuzz") && !name.equals("reference")) {
        continue;
      }
      text.append(name).append(' ').append(each.getKey().getState()).append('\n');
      StackTraceElement[] frames = each.getValue();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.append("  ").append(frames[i]).append('\n');
      }
    }
    return text.toString();
  }
}
