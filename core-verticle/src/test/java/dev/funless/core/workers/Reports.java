package dev.funless.core.workers;

import dev.funless.shared.protocol.message.WorkerReport;
import java.util.List;

/** Reports for tests. */
public final class Reports {

  private Reports() {}

  public static WorkerReport of(String workerId, long availableBytes, long loadedSequence) {
    return of(workerId, availableBytes, loadedSequence, List.of(), List.of());
  }

  static WorkerReport with(String workerId, WorkerReport.Activity... activity) {
    return of(workerId, 1_000, 0, List.of(activity), List.of());
  }

  static WorkerReport idle(String workerId, WorkerReport.Idle... idle) {
    return of(workerId, 1_000, 0, List.of(), List.of(idle));
  }

  private static WorkerReport of(
      String workerId,
      long availableBytes,
      long loadedSequence,
      List<WorkerReport.Activity> activity,
      List<WorkerReport.Idle> idle) {
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
        activity,
        loadedSequence,
        idle,
        List.of());
  }
}
