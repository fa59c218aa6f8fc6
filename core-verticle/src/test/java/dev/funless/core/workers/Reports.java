package dev.funless.core.workers;

import dev.funless.shared.protocol.message.WorkerReport;
import java.util.List;

/** Reports for tests. */
public final class Reports {

  private Reports() {}

  public static WorkerReport of(String workerId, long availableBytes, long loadedSequence) {
    return new WorkerReport(
        workerId,
        "name of " + workerId,
        "",
        "",
        1L << 40,
        availableBytes,
        new WorkerReport.Machine(0, 0, 0, 0, 0, 0, 0),
        2,
        1,
        0,
        3,
        10,
        List.of(),
        loadedSequence);
  }
}
