package dev.funless.core.sink.delivery;

import java.time.Duration;

/** What came of a delivery. */
sealed interface Settlement {

  Claimed claimed();

  /** It has arrived. */
  record Delivered(Claimed claimed) implements Settlement {}

  /** It is tried again. */
  record Failed(Claimed claimed, String error, Duration retryIn) implements Settlement {}

  /** It is given up. */
  record Dead(Claimed claimed, String error) implements Settlement {}
}
