package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import dev.funless.engine.memory.Stack;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Random bytes of the JVM's secure source, taken from it a few kilobytes at a time by each guest
 * thread: a function that asks for a hash seed needs 16.
 */
final class WasiRandom {

  static final List<HostFunction> FUNCTIONS =
      List.of(returningInt(WASI, "random_get", "ii", WasiRandom::random));

  private static final SecureRandom SOURCE = new SecureRandom();
  private static final ThreadLocal<Pool> POOL = ThreadLocal.withInitial(Pool::new);

  private WasiRandom() {}

  private static long random(Guest guest, long[] args) {
    Stack.need();
    int address = (int) args[0];
    int size = (int) args[1];
    guest.memory().check(address, size);
    Pool pool = POOL.get();
    int done = 0;
    while (done < size) {
      guest.waits.checkStopped();
      int part = Math.min(size - done, Pool.BYTES);
      pool.write(guest, address + done, part);
      done += part;
    }
    return Errno.SUCCESS;
  }

  /** Of one thread. What was handed out is wiped, so that no later guest can be given it. */
  private static final class Pool {

    static final int BYTES = 4096;

    private final byte[] bytes = new byte[BYTES];
    private int used = BYTES;

    void write(Guest guest, int address, int size) {
      if (size > BYTES - used) {
        SOURCE.nextBytes(bytes);
        used = 0;
      }
      guest.memory().write(address, bytes, used, size);
      Arrays.fill(bytes, used, used + size, (byte) 0);
      used += size;
    }
  }
}
