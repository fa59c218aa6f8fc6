package dev.funless.core.schedule;

/** Why a script rules a worker out. */
enum Invalidity {
  NOT_THERE("a named worker is not there or takes no calls now"),
  EMPTY_SET("a set has no worker that takes calls now"),
  NOT_REPORTED("a worker has not reported yet"),
  OTHER_CONTROLLER("a block is for another core"),
  OTHER_ZONE("a worker is not in the zone of the block's core"),
  CAPACITY("too little memory is available"),
  CAPACITY_USED("capacity_used would be exceeded"),
  MAX_CONCURRENT_INVOCATIONS("max_concurrent_invocations is reached"),
  OVERLOAD("no place is free"),
  MAX_LATENCY("max_latency is exceeded"),
  AFFINITY("no function with a tag of the affinity is running"),
  ANTIAFFINITY("a function with an excluded tag is running");

  /** As one reason among several, of no worker in particular. */
  final String summary;

  Invalidity(String summary) {
    this.summary = summary;
  }
}
