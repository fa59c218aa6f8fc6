package dev.funless.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What one run sends and what it must get back.
 *
 * @param request the whole request, head and body, sent unchanged each time
 * @param status the status of a right answer
 * @param answer the body of a right answer, byte for byte
 * @param connections keep-alive connections, each with one request outstanding; 1 to 1024
 * @param duration how long new requests are sent
 * @param answerDeadline how long one answer may take, at most a minute; a connection that waits
 *     longer is broken
 */
public record Load(
    InetSocketAddress address,
    byte[] request,
    int status,
    byte[] answer,
    int connections,
    Duration duration,
    Duration answerDeadline) {

  static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);

  public Load {
    if (request.length == 0) {
      throw new IllegalArgumentException("the request is empty");
    }
    if (connections < 1 || connections > 1024) {
      throw new IllegalArgumentException("connections must be 1 to 1024, not " + connections);
    }
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("the duration must be positive, not " + duration);
    }
    if (!answerDeadline.isPositive() || answerDeadline.compareTo(LONGEST_ANSWER) > 0) {
      throw new IllegalArgumentException(
          "the answer deadline must be positive and at most a minute, not " + answerDeadline);
    }
  }
}
