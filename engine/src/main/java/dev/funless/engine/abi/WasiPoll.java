package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waiting for clocks: how a guest sleeps. The standard streams are always ready, so that a poll
 * that names one never waits.
 */
final class WasiPoll {

  static final List<HostFunction> FUNCTIONS =
      List.of(returningInt(WASI, "poll_oneoff", "iiii", WasiPoll::poll));

  /** Bounds the work of one call. */
  private static final int SUBSCRIPTIONS = 256;

  private static final int SUBSCRIPTION_BYTES = 48;
  private static final int EVENT_BYTES = 32;
  private static final int CLOCK = 0;
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int ABSOLUTE = 1;
  private static final short HUNG_UP = 1;

  private WasiPoll() {}

  private static long poll(Guest guest, long[] args) {
    Stack.need();
    int in = (int) args[0];
    int out = (int) args[1];
    int count = (int) args[2];
    if (count < 1 || count > SUBSCRIPTIONS) {
      return Errno.INVAL;
    }
    GuestMemory memory = guest.memory();
    memory.check(in, count * SUBSCRIPTION_BYTES);
    memory.check(out, count * EVENT_BYTES);
    memory.check((int) args[3], Integer.BYTES);

    var subscriptions = new ArrayList<Subscription>();
    long startNanos = System.nanoTime();
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      Subscription subscription = read(guest, in + i * SUBSCRIPTION_BYTES);
      if (subscription == null) {
        return Errno.INVAL;
      }
      subscriptions.add(subscription);
      shortest = Math.min(shortest, subscription.waitNanos());
    }
    if (shortest > 0) {
      long nanos = shortest;
      guest.waits.<Void, RuntimeException>away(
          () -> {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return null;
          });
    }
    long waited = Math.max(shortest, System.nanoTime() - startNanos);
    memory.writeI32((int) args[3], report(memory, out, subscriptions, waited));
    return Errno.SUCCESS;
  }

  /** Null where it is of no known kind. */
  private static Subscription read(Guest guest, int address) {
    GuestMemory memory = guest.memory();
    long userData = memory.readLong(address);
    int kind = memory.read(address + 8);
    return switch (kind) {
      case CLOCK -> {
        int clock = memory.readInt(address + 16);
        long timeout = memory.readLong(address + 24);
        boolean absolute = (memory.readShort(address + 40) & ABSOLUTE) != 0;
        if (!WasiClocks.exists(clock)) {
          yield new Subscription(userData, kind, 0, Errno.INVAL, 0);
        }
        // An unsigned time beyond the signed range is centuries away.
        long bounded = timeout < 0 ? Long.MAX_VALUE : timeout;
        long wait = absolute ? bounded - WasiClocks.now(guest, clock) : bounded;
        yield new Subscription(userData, kind, Math.max(0, wait), Errno.SUCCESS, 0);
      }
      case READ, WRITE -> {
        int descriptor = memory.readInt(address + 16);
        if (!guest.descriptors.isOpen(descriptor)) {
          yield new Subscription(userData, kind, 0, Errno.BADF, 0);
        }
        int bytes =
            descriptor == Descriptors.STDIN ? guest.setup.input().length - guest.inputRead : 1;
        yield new Subscription(userData, kind, 0, Errno.SUCCESS, bytes);
      }
      default -> null;
    };
  }

  private static int report(
      GuestMemory memory, int out, List<Subscription> subscriptions, long waitedNanos) {
    int events = 0;
    for (Subscription subscription : subscriptions) {
      if (subscription.waitNanos() <= waitedNanos) {
        int event = out + events * EVENT_BYTES;
        memory.write(event, new byte[EVENT_BYTES], 0, EVENT_BYTES);
        memory.writeLong(event, subscription.userData());
        memory.writeShort(event + 8, (short) subscription.errno());
        memory.writeByte(event + 10, (byte) subscription.kind());
        memory.writeLong(event + 16, subscription.bytes());
        if (subscription.atEnd()) {
          memory.writeShort(event + 24, HUNG_UP);
        }
        events++;
      }
    }
    return events;
  }

  /**
   * @param bytes of a stream: how many can be read, or written at least
   */
  private record Subscription(long userData, int kind, long waitNanos, int errno, int bytes) {

    boolean atEnd() {
      return kind == READ && errno == Errno.SUCCESS && bytes == 0;
    }
  }
}
