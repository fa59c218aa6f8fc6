package dev.funless.engine;

/** How a call ended. */
public sealed interface Outcome {

  /** What the guest logged, bounded by the call's limits; empty where it logged nothing. */
  String log();

  /** The guest answered with {@code json}: valid JSON in UTF-8, within the limits. */
  record Answered(byte[] json, String log) implements Outcome {}

  /** The call gave no answer; {@code message} is one sentence for the caller. */
  record Failed(Reason reason, String message, String log) implements Outcome {}

  /** Why a call gave no answer. */
  enum Reason {
    /** The function said that it failed. */
    FUNCTION_ERROR,
    /** The guest trapped: unreachable, out of bounds, stack exhausted and the like. */
    TRAP,
    /** The guest answered with something that is no JSON, or not at all. */
    INVALID_ANSWER,
    /** The answer exceeds the function's limit. */
    ANSWER_TOO_LARGE,
    /** The module needs more memory to start than the function's limit allows. */
    MEMORY_LIMIT,
    /** The deadline passed while the guest ran. */
    DEADLINE,
    /** The deadline passed before the guest started; nothing of it ran. */
    EXPIRED,
    /** The engine's memory budget is used up for now; nothing of the guest ran. */
    NO_MEMORY,
    /** The call was dropped by its gate or because the engine closed; nothing of it ran. */
    STOPPED,
    /** The engine itself failed. */
    INTERNAL
  }
}
