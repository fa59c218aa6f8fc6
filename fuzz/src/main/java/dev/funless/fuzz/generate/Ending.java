package dev.funless.fuzz.generate;

/**
 * How a call of a generated module ends, after its random part. The first byte of the input
 * chooses.
 */
public enum Ending {
  ANSWER,
  UNREACHABLE,
  EXIT,
  CLOSED_STREAMS,
  GROWN,
  STACK,
  ENDLESS;

  /** Those after which every engine gives the same outcome. */
  public static final int COMPARABLE = 5;
}
