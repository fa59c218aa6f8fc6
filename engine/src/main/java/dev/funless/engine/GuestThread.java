package dev.funless.engine;

import dev.funless.engine.abi.Guest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A platform thread that runs guests, one after the other. */
final class GuestThread extends Thread {

  private static final Logger LOG = LoggerFactory.getLogger(GuestThread.class);

  private static final Outcome FAILED =
      new Outcome.Failed(Outcome.Reason.INTERNAL, "The engine failed.", "");

  /** What {@link Places} gave this thread; guarded by the lock there. */
  static final class Seat {
    boolean place;
    QueuedCall handed;
  }

  final Seat seat = new Seat();

  private final Places places;
  private final Runner runner;

  /** Written by this thread, read by the watchdog and by the one who closes. */
  private volatile RunningCall running;

  // Of this thread only.
  private Guest guest;

  /** Whether the call was stopped while it waited in a host call and took nobody's place. */
  boolean stoppedWaiting;

  GuestThread(int number, long stackBytes, Places places, Runner runner) {
    super(null, null, "guest-" + number, stackBytes);
    this.places = places;
    this.runner = runner;
    setDaemon(true);
  }

  /** The guest that the current thread runs. */
  static Guest guest() {
    return ((GuestThread) Thread.currentThread()).guest;
  }

  RunningCall running() {
    return running;
  }

  void begin(RunningCall call, Guest its) {
    guest = its;
    stoppedWaiting = false;
    running = call;
  }

  void end() {
    RunningCall call = running;
    running = null;
    guest = null;
    call.end();
  }

  @Override
  public void run() {
    QueuedCall queued = places.take(this);
    while (queued != null) {
      QueuedCall next;
      Outcome outcome = FAILED;
      try {
        outcome = runner.run(this, queued);
      } catch (Throwable e) {
        // Not even the failure could be put into words: the JVM is out of memory.
        LOG.error("A call could not be ended properly", e);
      } finally {
        next = places.release(this, queued, wasStopped(outcome));
      }
      tell(queued, outcome);
      queued = next == null ? places.take(this) : next;
    }
  }

  private static boolean wasStopped(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.DEADLINE;
  }

  static void tell(QueuedCall queued, Outcome outcome) {
    try {
      queued.done().accept(outcome);
    } catch (Throwable e) {
      LOG.error("The receiver of a call's outcome failed", e);
    }
  }
}
