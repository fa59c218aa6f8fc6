package dev.funless.engine.abi;

import dev.funless.engine.memory.GuestMemory;
import java.util.List;
import java.util.Map;

/** One call, as the host functions see it. Used by the call's own thread only. */
public final class Guest {

  /**
   * @param input what the function is called with
   * @param environment its environment variables
   * @param stdoutIsAnswer true where what it writes to stdout is the answer, false where it is log
   * @param answerBytes the largest answer, in bytes
   * @param logBytes how much of the log is kept, in bytes
   * @param httpResponseBytes the largest answer to an HTTP call, in bytes; 0 where the default
   *     holds
   * @param httpCalls how many HTTP calls it may make
   */
  public record Setup(
      byte[] input,
      Map<String, String> environment,
      boolean stdoutIsAnswer,
      int answerBytes,
      int logBytes,
      int httpResponseBytes,
      int httpCalls) {}

  private final GuestMemory memory;

  final Setup setup;
  final Waits waits;
  final HttpSender http;
  final GuestLog log;
  final AnswerBuffer answer;
  final Descriptors descriptors = new Descriptors();
  final long startNanos;

  /** The environment's strings as WASI has them; null until asked for. */
  List<byte[]> environment;

  int inputRead;
  int httpCallsMade;
  private String error = "";

  /**
   * @param startNanos when it starts, on the scale of {@link System#nanoTime()}
   */
  public Guest(GuestMemory memory, Setup setup, Waits waits, HttpSender http, long startNanos) {
    this.startNanos = startNanos;
    this.memory = memory;
    this.setup = setup;
    this.waits = waits;
    this.http = http;
    this.log = new GuestLog(setup.logBytes());
    this.answer = new AnswerBuffer(setup.answerBytes());
  }

  public GuestLog log() {
    return log;
  }

  public AnswerBuffer answer() {
    return answer;
  }

  /** The error text last given; empty where none was. */
  public String error() {
    return error;
  }

  void fail(String text) {
    error = text;
  }

  GuestMemory memory() {
    return memory;
  }
}
