package dev.funless.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may run: a guest needs a place, and there are as many as guests that run at once.
 *
 * <p>Idea: places and calls are handed over under one lock, to a thread that is named, and never
 * left for whoever comes first; so nothing can be lost or taken twice. A free place goes first to a
 * guest that comes back from a host call, then to the oldest call in the queue, run by the thread
 * that went idle last, whose caches are the warmest.
 *
 * <p>Calls of functions in quarantine ({@link Conduct}) wait apart. They run only while no other
 * call waits, one of each function at a time, and leave a place free where there is more than one;
 * and few of them may wait. So a function that never ends takes its neighbours one place at most.
 *
 * <p>There is a thread for every guest that runs and every guest that may wait without a place, so
 * a free place always finds an idle thread.
 */
final class Places {

  /** Of one function. */
  private static final int QUARANTINED_WAITING = 4;

  private final int total;
  private final int maximumAway;
  private final int maximumQueued;

  // All of these, and the fields of GuestThread.Seat, are guarded by the lock.
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<QueuedCall> queue = new ArrayDeque<>();
  private final ArrayDeque<QueuedCall> quarantine = new ArrayDeque<>();
  private final ArrayDeque<GuestThread> idle = new ArrayDeque<>();
  private final ArrayDeque<GuestThread> returning = new ArrayDeque<>();
  private int taken;
  private int away;
  private int quarantinedRunning;

  private volatile boolean closed;

  Places(EngineConfig config) {
    total = config.runningGuests();
    maximumAway = config.waitingGuests();
    maximumQueued = config.queuedCalls();
  }

  /** False where the queue is full or the engine closed. */
  boolean offer(QueuedCall call) {
    lock.lock();
    try {
      int free = Math.max(0, total - taken - returning.size());
      if (closed || queue.size() + quarantine.size() - free >= maximumQueued) {
        return false;
      }
      Conduct conduct = call.function().conduct();
      if (!conduct.quarantined()) {
        queue.addLast(call);
      } else if (conduct.waiting < QUARANTINED_WAITING) {
        conduct.waiting++;
        quarantine.addLast(call);
      } else {
        return false;
      }
      handOut();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a call, and the place to run it; null where the engine closed. */
  QueuedCall take(GuestThread me) {
    lock.lock();
    try {
      idle.push(me);
      handOut();
    } finally {
      lock.unlock();
    }
    while (true) {
      lock.lock();
      try {
        QueuedCall handed = me.seat.handed;
        if (handed != null) {
          me.seat.handed = null;
          return handed;
        }
        if (closed) {
          idle.remove(me);
          return null;
        }
      } finally {
        lock.unlock();
      }
      LockSupport.park(this);
      boolean _ = Thread.interrupted();
    }
  }

  /**
   * The call has ended, with or without a place. Where nobody else has a better claim, the thread
   * keeps its place for the oldest call in the queue, which it is given: waking another thread
   * would cost more than many a call.
   *
   * @param atDeadline whether it had to be stopped at its deadline
   * @return the call to run next; null where there is none for this thread
   */
  QueuedCall release(GuestThread me, QueuedCall ended, boolean atDeadline) {
    lock.lock();
    try {
      judge(me, ended, atDeadline);
      if (me.seat.place && returning.isEmpty() && !queue.isEmpty()) {
        return queue.pollFirst();
      }
      if (me.seat.place) {
        me.seat.place = false;
        taken--;
      } else {
        away--;
      }
      handOut();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** False where as many wait already as may: the guest then keeps its place. */
  boolean giveUp(GuestThread me) {
    lock.lock();
    try {
      if (away >= maximumAway) {
        return false;
      }
      away++;
      taken--;
      me.seat.place = false;
      handOut();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a place, before all new calls; without one where the call is stopped. */
  void retake(GuestThread me, RunningCall call) {
    boolean interrupted = false;
    lock.lock();
    try {
      returning.addLast(me);
      handOut();
    } finally {
      lock.unlock();
    }
    while (!hasPlaceOrLeaves(me, call)) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets nothing start any more. The calls that were queued are the caller's to end. */
  List<QueuedCall> close() {
    lock.lock();
    try {
      closed = true;
      var dropped = new ArrayList<>(queue);
      dropped.addAll(quarantine);
      queue.clear();
      quarantine.clear();
      idle.forEach(GuestThread::unpark);
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    return closed;
  }

  Counts counts() {
    lock.lock();
    try {
      return new Counts(taken, away, queue.size() + quarantine.size());
    } finally {
      lock.unlock();
    }
  }

  record Counts(int running, int waiting, int queued) {}

  private boolean hasPlaceOrLeaves(GuestThread me, RunningCall call) {
    lock.lock();
    try {
      if (me.seat.place) {
        return true;
      }
      return call.stop() != null && returning.remove(me);
    } finally {
      lock.unlock();
    }
  }

  // What follows is called under the lock.

  private void handOut() {
    while (taken < total) {
      GuestThread next = returning.pollFirst();
      if (next != null) {
        away--;
      } else {
        QueuedCall call = idle.isEmpty() ? null : nextCall();
        if (call == null) {
          return;
        }
        next = idle.pop();
        next.seat.handed = call;
      }
      taken++;
      next.seat.place = true;
      next.unpark();
    }
  }

  /** Null where none may run now. */
  private QueuedCall nextCall() {
    QueuedCall call = queue.pollFirst();
    return call == null && !quarantine.isEmpty() ? nextOfQuarantine() : call;
  }

  private QueuedCall nextOfQuarantine() {
    if (quarantinedRunning >= Math.max(1, total - 1)) {
      return null;
    }
    Iterator<QueuedCall> calls = quarantine.iterator();
    while (calls.hasNext()) {
      QueuedCall call = calls.next();
      Conduct conduct = call.function().conduct();
      if (conduct.running == 0) {
        calls.remove();
        call.quarantined = true;
        conduct.waiting--;
        conduct.running++;
        quarantinedRunning++;
        return call;
      }
    }
    return null;
  }

  /** One that was stopped while it waited in a host call took nobody's time. */
  private void judge(GuestThread me, QueuedCall ended, boolean atDeadline) {
    Conduct conduct = ended.function().conduct();
    if (ended.quarantined) {
      conduct.running--;
      quarantinedRunning--;
    }
    boolean waited = atDeadline && me.stoppedWaiting;
    if (!waited && conduct.ended(atDeadline)) {
      if (conduct.quarantined()) {
        conduct.waiting += move(ended.function(), queue, quarantine);
      } else {
        conduct.waiting -= move(ended.function(), quarantine, queue);
      }
    }
  }

  private static int move(
      LoadedFunction function, ArrayDeque<QueuedCall> from, ArrayDeque<QueuedCall> to) {
    int moved = 0;
    for (Iterator<QueuedCall> calls = from.iterator(); calls.hasNext(); ) {
      QueuedCall call = calls.next();
      if (call.function() == function) {
        calls.remove();
        to.addLast(call);
        moved++;
      }
    }
    return moved;
  }
}
