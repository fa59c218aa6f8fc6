package dev.funless.engine;

import dev.funless.engine.abi.Guest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs guests, one after the other, on a platform thread. A stack cannot be made larger or smaller:
 * for a call that wants another one, a new thread takes over from the old one, which ends.
 */
final class GuestThread implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GuestThread.class);

  private static final Outcome FAILED =
      new Outcome.Failed(Outcome.Reason.INTERNAL, "The engine failed.", "");

  private static final Outcome NO_STACK =
      new Outcome.Failed(
          Outcome.Reason.NO_MEMORY, "The node has no memory for the function's stack.", "");

  /** What {@link Places} gave this thread; guarded by the lock there. */
  static final class Seat {
    boolean place;
    QueuedCall handed;
  }

  private static final class Carrier extends Thread {

    private final GuestThread guests;
    private final long stackBytes;

    Carrier(GuestThread guests, long stackBytes) {
      super(null, guests, guests.name, stackBytes);
      this.guests = guests;
      this.stackBytes = stackBytes;
      setDaemon(true);
    }
  }

  final Seat seat = new Seat();

  private final String name;
  private final long usualStackBytes;
  private final Places places;
  private final Runner runner;

  /** Changes only between calls, by the one that is replaced. */
  private volatile Carrier carrier;

  /** Written by this thread, read by the watchdog and by the one who closes. */
  private volatile RunningCall running;

  // Of the carrier only; handed on by its successor's start.
  private QueuedCall first;
  private Guest guest;

  /** Whether the call was stopped while it waited in a host call and took nobody's place. */
  boolean stoppedWaiting;

  GuestThread(int number, long stackBytes, Places places, Runner runner) {
    this.name = "guest-" + number;
    this.usualStackBytes = stackBytes;
    this.places = places;
    this.runner = runner;
    this.carrier = new Carrier(this, stackBytes);
  }

  void start() {
    carrier.start();
  }

  /** The guest that the current thread runs. */
  static Guest guest() {
    return ((Carrier) Thread.currentThread()).guests.guest;
  }

  boolean isCurrent() {
    return Thread.currentThread() == carrier;
  }

  void unpark() {
    LockSupport.unpark(carrier);
  }

  void interrupt() {
    carrier.interrupt();
  }

  /**
   * Waits until it has ended, and nobody took over.
   *
   * @return false where it has not within that time
   */
  boolean join(Duration time) throws InterruptedException {
    long endNanos = System.nanoTime() + time.toNanos();
    while (true) {
      Carrier joined = carrier;
      if (!joined.join(Duration.ofNanos(endNanos - System.nanoTime()))) {
        return false;
      }
      if (joined == carrier) {
        return true;
      }
    }
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
    QueuedCall queued = first == null ? places.take(this) : first;
    first = null;
    while (queued != null) {
      if (!hasStackFor(queued) && isTakenOver(queued)) {
        return;
      }
      QueuedCall next;
      Outcome outcome = FAILED;
      try {
        outcome = hasStackFor(queued) ? runner.run(this, queued) : NO_STACK;
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

  private boolean hasStackFor(QueuedCall queued) {
    return carrier.stackBytes == stackBytes(queued);
  }

  private long stackBytes(QueuedCall queued) {
    int wanted = queued.call().limits().stackBytes();
    return wanted == 0 ? usualStackBytes : wanted;
  }

  /** Starts a thread with another stack, to go on with the call; false where there is none. */
  private boolean isTakenOver(QueuedCall queued) {
    Carrier old = carrier;
    try {
      var successor = new Carrier(this, stackBytes(queued));
      first = queued;
      carrier = successor;
      successor.start();
      return true;
    } catch (OutOfMemoryError e) {
      LOG.error("No thread could be started with a stack of {} bytes", stackBytes(queued), e);
      first = null;
      carrier = old;
      return false;
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
