package dev.funless.fuzz.generate;

import java.util.List;

/**
 * How a call of a generated module ends, after its random part. The first byte of the input
 * chooses.
 */
public enum Ending {
  ANSWER(0),
  UNREACHABLE(1),
  EXIT(2),
  CLOSED_STREAMS(3),
  /** Everything that a call can leave behind is left. */
  DIRTIED(4),
  STACK(5),
  ENDLESS(6);

  /** Those after which every engine gives the same outcome. */
  public static final List<Ending> COMPARABLE =
      List.of(ANSWER, UNREACHABLE, EXIT, CLOSED_STREAMS, DIRTIED);

  private final int code;

  Ending(int code) {
    this.code = code;
  }

  /** The byte that chooses it. */
  public int code() {
    return code;
  }
}
