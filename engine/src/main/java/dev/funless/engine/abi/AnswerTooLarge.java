package dev.funless.engine.abi;

/** The guest's answer exceeds its limit; the guest is left at once. */
public final class AnswerTooLarge extends RuntimeException {

  AnswerTooLarge() {
    super("answer too large", null, false, false);
  }
}
