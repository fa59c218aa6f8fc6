package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunction.returningNothing;
import static dev.funless.engine.abi.HostFunctions.WASI;

import java.util.List;

/** Ending, and what else a process may do. */
final class WasiProcess {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningNothing(WASI, "proc_exit", "i", WasiProcess::exit),
          returningInt(WASI, "proc_raise", "i", (guest, args) -> Errno.NOSYS),
          returningInt(WASI, "sched_yield", "", (guest, args) -> Errno.SUCCESS));

  private WasiProcess() {}

  private static long exit(Guest guest, long[] args) {
    throw new GuestExit((int) args[0]);
  }
}
