package dev.funless.engine.abi;

import java.io.IOException;
import java.util.List;

/** Sends a guest's HTTP calls; blocks until the answer is there. */
@FunctionalInterface
public interface HttpSender {

  /**
   * @throws IOException where no answer came; the message is a sentence for the log
   */
  Answer send(Request request) throws IOException, InterruptedException;

  record Request(
      String method, String uri, List<Header> headers, byte[] body, int maxAnswerBytes) {}

  record Header(String name, String value) {}

  record Answer(int status, byte[] body) {}
}
