package dev.funless.engine;

import java.io.IOException;
import java.util.List;

/** Sends the HTTP calls of one function's guests. Implementations are thread-safe. */
public interface OutboundHttp {

  /**
   * Sends a call and waits for the answer, on the guest's thread, which has given up its place
   * while it waits.
   *
   * @throws IOException where no answer came: the address is not allowed, the connection failed,
   *     the answer is larger than {@code maxAnswerBytes}, or the deadline passed; the message is a
   *     sentence for the function's log
   * @throws InterruptedException where the call was stopped
   */
  Answer send(Request request) throws IOException, InterruptedException;

  /**
   * @param method GET, POST, PUT or DELETE
   * @param uri as the guest gave it, not yet parsed
   * @param headers as the guest gave them, in order
   * @param body empty where there is none
   * @param maxAnswerBytes the largest answer body to accept
   * @param deadlineNanos when the guest's call must have ended, as {@link System#nanoTime()}
   */
  record Request(
      String method,
      String uri,
      List<Header> headers,
      byte[] body,
      int maxAnswerBytes,
      long deadlineNanos) {}

  record Header(String name, String value) {}

  record Answer(int status, byte[] body) {}
}
