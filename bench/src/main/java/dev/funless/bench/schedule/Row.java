package dev.funless.bench.schedule;

/** What can be measured, in the order of the table. */
enum Row {
  NONE("the default policy, none"),
  LEAST_LOADED("least-loaded"),
  POWER_OF_TWO("power-of-two"),
  ROUND_ROBIN("round-robin"),
  WARM_FIRST("warm-first"),
  HASH("hash, by a key in the arguments"),
  APP_NAMED("app, best-first by names, only the last of which is valid"),
  APP_RANDOM("app, random"),
  APP_PLATFORM("app, platform, capacity_used and max_concurrent_invocations"),
  APP_AFFINITY("app, affinity and antiaffinity that rule half of the workers out"),
  APP_SETS("app, the second of two sets, own zone first"),
  APP_LATENCY("app, min_latency to two services"),
  APP_COST("app, min_latency, weighed by a parameter"),
  APP_NOBODY("app, no worker is valid"),
  EXPLAINED("the default policy, explained", false),
  APP_EXPLAINED("app, platform as above, explained", false),
  LOG("the decision log's part of the above, where nobody asks", false);

  private final String title;
  private final boolean hasTargets;

  Row(String title) {
    this(title, true);
  }

  Row(String title, boolean hasTargets) {
    this.title = title;
    this.hasTargets = hasTargets;
  }

  String title() {
    return title;
  }

  /** Whether the targets hold for it; others are there for scale. */
  boolean hasTargets() {
    return hasTargets;
  }
}
