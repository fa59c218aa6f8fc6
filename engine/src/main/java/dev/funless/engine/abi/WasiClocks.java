package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import java.time.Instant;
import java.util.List;

/** Wall clock and monotonic clock; the CPU time clocks count from the start of the call. */
final class WasiClocks {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningInt(WASI, "clock_res_get", "ii", WasiClocks::resolution),
          returningInt(WASI, "clock_time_get", "ili", WasiClocks::time));

  static final int REALTIME = 0;
  static final int MONOTONIC = 1;
  private static final int PROCESS_CPU = 2;
  private static final int THREAD_CPU = 3;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** WASI's times are unsigned, {@link System#nanoTime()} may be negative. */
  private static final long ORIGIN_NANOS = System.nanoTime() - NANOS_PER_SECOND;

  private WasiClocks() {}

  static boolean exists(int clock) {
    return clock >= REALTIME && clock <= THREAD_CPU;
  }

  static long now(Guest guest, int clock) {
    return switch (clock) {
      case REALTIME -> {
        Instant now = Instant.now();
        yield now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
      }
      case MONOTONIC -> System.nanoTime() - ORIGIN_NANOS;
      case PROCESS_CPU, THREAD_CPU -> System.nanoTime() - guest.startNanos;
      default -> throw new IllegalArgumentException("no clock " + clock);
    };
  }

  private static long resolution(Guest guest, long[] args) {
    if (!exists((int) args[0])) {
      return Errno.INVAL;
    }
    guest.memory().writeLong((int) args[1], args[0] == REALTIME ? 1000 : 1);
    return Errno.SUCCESS;
  }

  private static long time(Guest guest, long[] args) {
    int clock = (int) args[0];
    if (!exists(clock)) {
      return Errno.INVAL;
    }
    guest.memory().writeLong((int) args[2], now(guest, clock));
    return Errno.SUCCESS;
  }
}
