package dev.funless.core.sink.delivery;

import dev.funless.core.sink.Result;
import java.util.List;

/**
 * A result that is to be kept for each of some sinks.
 *
 * @param sinkIds at least one
 */
record Kept(List<Long> sinkIds, Result result) {

  int rows() {
    return sinkIds.size();
  }

  /** About what its rows take, in the database and on the way there. */
  long bytes() {
    return (long) result.json().length() * sinkIds.size();
  }
}
