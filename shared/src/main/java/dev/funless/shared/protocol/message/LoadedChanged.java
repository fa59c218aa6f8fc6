package dev.funless.shared.protocol.message;

import java.util.List;

/**
 * A worker loaded or dropped code.
 *
 * @param workerId the worker
 * @param sequence grows by one with each such message of the worker; a listener that sees a gap
 *     asks for the list
 * @param loaded hashes of code that is ready to run now
 * @param dropped hashes of code that is not there any more
 */
public record LoadedChanged(
    String workerId, long sequence, List<String> loaded, List<String> dropped) {

  public LoadedChanged {
    loaded = List.copyOf(loaded);
    dropped = List.copyOf(dropped);
  }
}
