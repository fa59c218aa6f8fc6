package dev.funless.core.event;

import dev.funless.shared.protocol.message.InvokeAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What an open event has of the platform. Confined to the event's loop. */
public interface Trigger {

  Vertx vertx();

  /** The event's, unique and the same on every core. */
  long eventId();

  /**
   * Invokes the function. Fails where this core does not own the event, or does not own it any more
   * when the answer comes: nothing must be acknowledged then. Fails also where the function cannot
   * be invoked now. A failure of the function is in the answer.
   *
   * @param args JSON in UTF-8
   */
  Future<InvokeAnswer> invoke(byte[] args);

  /** Whether this core owns the event now; to be asked before anything is acknowledged. */
  boolean isOwned();

  /** It works now. */
  void connected();

  /** It does not work now, and why, in a sentence; it goes on trying. */
  void failed(String why);

  /** What came is not invoked, and why, in a sentence. Counts it and logs it. */
  void refused(String why);

  /** What {@link #progress(String)} kept last, on whatever core; empty at first. */
  String progress();

  /** Keeps how far it has come. Fails where this core does not own the event any more. */
  Future<Void> progress(String text);
}
