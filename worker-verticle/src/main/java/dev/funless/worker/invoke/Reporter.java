package dev.funless.worker.invoke;

import dev.funless.engine.EngineConfig;
import dev.funless.engine.EngineStats;
import dev.funless.shared.config.NodeConfig;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.WorkerReport;
import dev.funless.shared.protocol.message.WorkerReport.Activity;
import dev.funless.shared.protocol.message.WorkerReport.Idle;
import dev.funless.shared.protocol.message.WorkerReport.Latency;
import dev.funless.shared.protocol.message.WorkerReport.Machine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a worker reports. Confined to the worker's event loop. */
final class Reporter {

  private final String workerId;
  private final NodeConfig node;
  private final EngineConfig engine;

  Reporter(String workerId, NodeConfig node, EngineConfig engine) {
    this.workerId = workerId;
    this.node = node;
    this.engine = engine;
  }

  WorkerReport report(
      EngineStats stats,
      Machine machine,
      Collection<RunningCall> calls,
      long loadedSequence,
      List<Idle> idle,
      List<Latency> latencies) {
    return new WorkerReport(
        workerId,
        node.name(),
        node.tag(),
        node.zone(),
        stats.memoryTotalBytes(),
        stats.memoryTotalBytes() - stats.memoryReservedBytes(),
        machine,
        engine.runningGuests(),
        stats.running(),
        stats.waiting(),
        stats.queued(),
        engine.queuedCalls(),
        activity(calls),
        loadedSequence,
        idle,
        latencies);
  }

  private static List<Activity> activity(Collection<RunningCall> calls) {
    record Key(String coreId, FunctionId function) {}
    Map<Key, Activity> byFunction = new HashMap<>();
    for (RunningCall call : calls) {
      FunctionSpec function = call.request.function();
      int started = call.hasStarted() ? 1 : 0;
      byFunction.merge(
          new Key(call.request.coreId(), function.id()),
          new Activity(call.request.coreId(), function.id(), function.tag(), started, 1 - started),
          (a, b) ->
              new Activity(
                  a.coreId(),
                  a.function(),
                  a.tag(),
                  a.running() + b.running(),
                  a.queued() + b.queued()));
    }
    return List.copyOf(byFunction.values());
  }
}
