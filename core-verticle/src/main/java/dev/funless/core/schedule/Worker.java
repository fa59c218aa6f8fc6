package dev.funless.core.schedule;

import dev.funless.core.schedule.cost.ServiceLatencies;

/**
 * A worker as this core sees it at the moment of a decision: its last report, corrected by what the
 * core itself has sent since. Only to be read during the decision, on its thread.
 */
public interface Worker {

  /** What latency there is to a service that the worker has not reached, in milliseconds. */
  double UNKNOWN_LATENCY_MILLIS = ServiceLatencies.UNKNOWN_MILLIS;

  /** Of this run of the worker. */
  String id();

  /** Its configured name. */
  String name();

  /** {@link Hash#of} its name; known beforehand, as a decision may need it of every worker. */
  long nameHash();

  /** Its configured tag, or empty. */
  String tag();

  /** Its configured zone, or empty. */
  String zone();

  /** Whether its metrics are known; all figures but {@link #sent} are 0 otherwise. */
  boolean reported();

  /** Its budget for guests. */
  long memoryTotalBytes();

  /**
   * What of the budget is free, less what this core has sent since the last report and not got
   * back.
   */
  long memoryAvailableBytes();

  /** How many guests it runs at once. */
  int places();

  /** Guests that ran when it last reported. */
  int running();

  /** Calls that waited when it last reported. */
  int queued();

  /** Calls that this core has sent it and not got back. */
  int sent();

  /**
   * All calls that it has, running and waiting: this core's, exactly, and other cores' as of the
   * last report.
   */
  int calls();

  /** Whether it has a call of a function with that tag; of other cores as of the last report. */
  boolean has(String tag);

  /** Whether the code is ready to run there. */
  boolean hasLoaded(String sha256);

  /** How many instances of the code wait there for a call; 0 where that is not known. */
  int idleInstances(String sha256);

  /** Its latency to a service; {@link #UNKNOWN_LATENCY_MILLIS} where that is not known. */
  double latencyMillis(String service);
}
