package dev.funless.bench.load;

import java.io.IOException;

/** The bytes received are no HTTP/1.1 response of the kind that {@link ResponseParser} reads. */
public final class MalformedResponseException extends IOException {

  public MalformedResponseException(String message) {
    super(message);
  }
}
