package dev.funless.core.schedule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A worker for tests of policies: just its figures. It has a GiB available, two places, no calls.
 */
final class FixedWorker implements Worker {

  static final long MIB = 1L << 20;

  private final String name;
  private final long nameHash;
  private final Set<String> tags = new HashSet<>();
  private final Map<String, Integer> instances = new HashMap<>();
  private final Map<String, Double> latencies = new HashMap<>();
  private String tag = "";
  private String zone = "";
  private boolean reported = true;
  private long totalBytes = 1L << 40;
  private long availableBytes = 1L << 30;
  private int places = 2;
  private int sent;
  private int othersCalls;

  private FixedWorker(String name) {
    this.name = name;
    this.nameHash = Hash.of(name);
  }

  static FixedWorker named(String name) {
    return new FixedWorker(name);
  }

  static FixedWorker unreported(String name) {
    FixedWorker worker = new FixedWorker(name).withMemory(0, 0).withPlaces(0);
    worker.reported = false;
    return worker;
  }

  /** Counts as reported from now on. */
  FixedWorker reports() {
    reported = true;
    return this;
  }

  FixedWorker tagged(String itsTag) {
    tag = itsTag;
    return this;
  }

  FixedWorker in(String itsZone) {
    zone = itsZone;
    return this;
  }

  FixedWorker withMemory(long total, long available) {
    totalBytes = total;
    availableBytes = available;
    return this;
  }

  FixedWorker withMemory(long available) {
    return withMemory(totalBytes, available);
  }

  /** All of its memory is available. */
  FixedWorker unused() {
    return withMemory(availableBytes, availableBytes);
  }

  FixedWorker withPlaces(int count) {
    places = count;
    return this;
  }

  /** Calls of this core's. */
  FixedWorker withSent(int calls) {
    sent = calls;
    return this;
  }

  /** Calls of other cores'. */
  FixedWorker withOthers(int calls) {
    othersCalls = calls;
    return this;
  }

  /** Has calls of functions with these tags. */
  FixedWorker running(String... ofTags) {
    tags.addAll(List.of(ofTags));
    return this;
  }

  /** Has the code loaded, with as many instances that wait. */
  FixedWorker loaded(String sha256, int waiting) {
    instances.put(sha256, waiting);
    return this;
  }

  FixedWorker near(String service, double millis) {
    latencies.put(service, millis);
    return this;
  }

  @Override
  public String id() {
    return "id-" + name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long nameHash() {
    return nameHash;
  }

  @Override
  public String tag() {
    return tag;
  }

  @Override
  public String zone() {
    return zone;
  }

  @Override
  public boolean reported() {
    return reported;
  }

  @Override
  public long memoryTotalBytes() {
    return totalBytes;
  }

  @Override
  public long memoryAvailableBytes() {
    return availableBytes;
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public int running() {
    return Math.min(places, calls());
  }

  @Override
  public int queued() {
    return calls() - running();
  }

  @Override
  public int sent() {
    return sent;
  }

  @Override
  public int calls() {
    return sent + othersCalls;
  }

  @Override
  public boolean has(String functionTag) {
    return tags.contains(functionTag);
  }

  @Override
  public boolean hasLoaded(String sha256) {
    return instances.containsKey(sha256);
  }

  @Override
  public int idleInstances(String sha256) {
    return instances.getOrDefault(sha256, 0);
  }

  @Override
  public double latencyMillis(String service) {
    return latencies.getOrDefault(service, UNKNOWN_LATENCY_MILLIS);
  }

  @Override
  public String toString() {
    return "%s(tag %s, zone %s, reported %s, %d of %d bytes, %d places, %d sent, %d others, runs %s)"
        .formatted(
            name, tag, zone, reported, availableBytes, totalBytes, places, sent, othersCalls, tags);
  }
}
