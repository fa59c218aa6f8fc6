package dev.funless.shared.protocol.message;

import java.util.List;

/**
 * Calls that a core sends to one worker at once; each is answered on its own, by its number.
 *
 * @param coreId where the answers go
 */
public record RunBatch(String coreId, List<Run> runs) {

  public RunBatch {
    runs = List.copyOf(runs);
  }

  /**
   * @param number chosen by the core, used once
   */
  public record Run(long number, RunRequest request) {}
}
