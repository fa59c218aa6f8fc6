package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import java.util.List;

/** The network does not exist: no descriptor is a socket. */
final class WasiSockets {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningInt(WASI, "sock_accept", "iii", WasiSockets::noSocket),
          returningInt(WASI, "sock_recv", "iiiiii", WasiSockets::noSocket),
          returningInt(WASI, "sock_send", "iiiii", WasiSockets::noSocket),
          returningInt(WASI, "sock_shutdown", "ii", WasiSockets::noSocket));

  private WasiSockets() {}

  private static long noSocket(Guest guest, long[] args) {
    return guest.descriptors.isOpen((int) args[0]) ? Errno.NOTSOCK : Errno.BADF;
  }
}
