package dev.funless.core.catalog;

import dev.funless.engine.CallLimits;
import dev.funless.shared.config.Settings;
import dev.funless.shared.function.FunctionLimits;

/**
 * What a function gets that says nothing of a limit, and the most that it may ask for.
 *
 * @param defaults where the metadata is silent
 * @param caps the largest values that metadata may hold
 */
public record LimitsConfig(FunctionLimits defaults, FunctionLimits caps) {

  private static final int KIB = 1024;
  private static final long MIB = 1024 * 1024;

  public static LimitsConfig read(Settings settings) {
    FunctionLimits caps =
        new FunctionLimits(
            settings.whole("limits.max_timeout_ms", 600_000, 1, 86_400_000),
            settings.whole("limits.max_memory_mb", 1_024, 1, 4_096) * MIB,
            settings.integer(
                "limits.max_table_entries", CallLimits.LARGEST_TABLE, 0, CallLimits.LARGEST_TABLE),
            settings.integer("limits.max_stack_kb", 16 * KIB, 256, 1024 * KIB) * KIB,
            settings.integer("limits.max_answer_bytes", 4 * (int) MIB, 1_024, 64 * (int) MIB),
            settings.integer(
                "limits.max_http_response_bytes", 4 * (int) MIB, 1_024, 64 * (int) MIB),
            settings.integer("limits.max_log_bytes", 64 * KIB, 0, (int) MIB),
            settings.integer("limits.max_host_calls", 1_000, 0, 100_000));
    FunctionLimits defaults =
        new FunctionLimits(
            settings.whole(
                "limits.timeout_ms",
                Math.min(60_000, caps.timeoutMillis()),
                1,
                caps.timeoutMillis()),
            settings.whole(
                    "limits.memory_mb",
                    Math.min(64, caps.memoryBytes() / MIB),
                    1,
                    caps.memoryBytes() / MIB)
                * MIB,
            settings.integer("limits.table_entries", caps.tableEntries(), 0, caps.tableEntries()),
            0,
            settings.integer(
                "limits.answer_bytes",
                Math.min((int) MIB, caps.answerBytes()),
                1,
                caps.answerBytes()),
            0,
            settings.integer(
                "limits.log_bytes", Math.min(16 * KIB, caps.logBytes()), 0, caps.logBytes()),
            settings.integer(
                "limits.host_calls", Math.min(100, caps.hostCalls()), 0, caps.hostCalls()));
    return new LimitsConfig(defaults, caps);
  }

  /** The limits that hold for a function, caps applied. */
  public FunctionLimits effective(FunctionMetadata metadata) {
    return new FunctionLimits(
        Math.min(metadata.timeoutMs().orElse(defaults.timeoutMillis()), caps.timeoutMillis()),
        metadata
            .memoryMb()
            .map(mb -> Math.min(mb, caps.memoryBytes() / MIB) * MIB)
            .orElse(defaults.memoryBytes()),
        Math.min(metadata.tableEntries().orElse(defaults.tableEntries()), caps.tableEntries()),
        Math.min(metadata.stackKb().orElse(0), caps.stackBytes() / KIB) * KIB,
        Math.min(metadata.answerBytes().orElse(defaults.answerBytes()), caps.answerBytes()),
        Math.min(metadata.httpResponseBytes().orElse(0), caps.httpResponseBytes()),
        Math.min(metadata.logBytes().orElse(defaults.logBytes()), caps.logBytes()),
        Math.min(metadata.hostCalls().orElse(defaults.hostCalls()), caps.hostCalls()));
  }

  /**
   * Holds metadata against the caps.
   *
   * @throws IllegalArgumentException whose message is one sentence for the uploader
   */
  public void check(FunctionMetadata metadata) {
    atMost("timeout_ms", metadata.timeoutMs().orElse(0L), caps.timeoutMillis());
    atMost("memory_mb", metadata.memoryMb().orElse(0L), caps.memoryBytes() / MIB);
    atMost("table_entries", metadata.tableEntries().orElse(0), caps.tableEntries());
    atMost("stack_kb", metadata.stackKb().orElse(0), caps.stackBytes() / KIB);
    atMost("answer_bytes", metadata.answerBytes().orElse(0), caps.answerBytes());
    atMost("http_response_bytes", metadata.httpResponseBytes().orElse(0), caps.httpResponseBytes());
    atMost("log_bytes", metadata.logBytes().orElse(0), caps.logBytes());
    atMost("host_calls", metadata.hostCalls().orElse(0), caps.hostCalls());
  }

  private static void atMost(String key, long value, long cap) {
    if (value > cap) {
      throw new IllegalArgumentException("metadata: " + key + " must be at most " + cap + ".");
    }
  }
}
