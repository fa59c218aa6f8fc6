package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningNothing;

import java.util.List;

/** FunLess's log: a line a call. */
final class ConsoleLog {

  static final List<HostFunction> FUNCTIONS =
      List.of(returningNothing(HostFunctions.FUNLESS, "__console_log", "ii", ConsoleLog::log));

  private ConsoleLog() {}

  private static long log(Guest guest, long[] args) {
    guest.log.append(guest.memory(), (int) args[0], (int) args[1]);
    guest.log.endLine();
    return 0;
  }
}
