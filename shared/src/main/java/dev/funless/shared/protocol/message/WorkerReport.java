package dev.funless.shared.protocol.message;

import dev.funless.shared.function.FunctionId;
import java.util.List;

/**
 * How a worker is, published four times a second.
 *
 * @param workerId this run of the worker; a worker that is started again has another
 * @param name its configured name
 * @param tag its configured tag, or empty
 * @param zone its configured zone, or empty
 * @param memoryTotalBytes the budget for guests' linear memory
 * @param memoryAvailableBytes the budget less what guests have reserved
 * @param machine the machine's own figures
 * @param places how many guests may run at once
 * @param running guests that run
 * @param waiting guests that wait in a host call
 * @param queued calls that wait for a place
 * @param queueLimit how many calls may wait
 * @param activity running and queued calls by core and function; those without any are left out
 * @param loadedSequence the last {@link LoadedChanged} that the worker has sent
 * @param idle instances that wait for a call, of at most {@link #MAX_IDLE} modules: those that were
 *     used last
 * @param latencies how far the services are that functions declare, as far as the worker knows
 */
public record WorkerReport(
    String workerId,
    String name,
    String tag,
    String zone,
    long memoryTotalBytes,
    long memoryAvailableBytes,
    Machine machine,
    int places,
    int running,
    int waiting,
    int queued,
    int queueLimit,
    List<Activity> activity,
    long loadedSequence,
    List<Idle> idle,
    List<Latency> latencies) {

  /** Of how many modules a report tells the instances. */
  public static final int MAX_IDLE = 64;

  public WorkerReport {
    activity = List.copyOf(activity);
    idle = List.copyOf(idle);
    latencies = List.copyOf(latencies);
  }

  /**
   * The machine below the worker; -1 where a figure cannot be had.
   *
   * @param memoryTotalBytes physical memory
   * @param memoryFreeBytes physical memory that nothing uses
   * @param memoryAvailableBytes physical memory that could be given to programs
   * @param cpu share of all processors in use, 0 to 1
   * @param load1 load average over one minute
   * @param load5 over five minutes
   * @param load15 over fifteen minutes
   */
  public record Machine(
      long memoryTotalBytes,
      long memoryFreeBytes,
      long memoryAvailableBytes,
      double cpu,
      double load1,
      double load5,
      double load15) {}

  /**
   * Calls that one core has sent of one function; {@code running} counts those in host calls too.
   */
  public record Activity(String coreId, FunctionId function, String tag, int running, int queued) {}

  /**
   * Instances of a module that wait for a call.
   *
   * @param sha256 the hash of its code
   * @param instances at least 1
   */
  public record Idle(String sha256, int instances) {}

  /**
   * How long the worker needs to connect to a service.
   *
   * @param service its URL, exactly as functions declare it
   * @param millis in milliseconds, smoothed over the last measurements
   */
  public record Latency(String service, double millis) {}
}
