package dev.funless.shared.protocol.message;

import java.util.List;

/**
 * Calls that a core sends to one worker at once; each is answered on its own, by its number.
 *
 * @param coreId where the answers go; that of every request, too
 */
public record RunBatch(String coreId, List<Run> runs) {

  public RunBatch {
    runs = List.copyOf(runs);
    for (Run run : runs) {
      if (!run.request().coreId().equals(coreId)) {
        throw new IllegalArgumentException("a call of another core's is in the batch");
      }
    }
  }

  /**
   * @param number chosen by the core, used once
   */
  public record Run(long number, RunRequest request) {}
}
