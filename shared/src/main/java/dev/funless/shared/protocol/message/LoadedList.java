package dev.funless.shared.protocol.message;

import java.util.List;

/** The hashes of all code that is ready to run, as of message {@code sequence}. */
public record LoadedList(long sequence, List<String> loaded) {

  public LoadedList {
    loaded = List.copyOf(loaded);
  }
}
