package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningNothing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** FunLess's input, answer and error. */
final class Invocation {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningNothing(HostFunctions.FUNLESS, "__get_input_data", "i", Invocation::input),
          returningNothing(HostFunctions.FUNLESS, "__insert_response", "ii", Invocation::response),
          returningNothing(HostFunctions.FUNLESS, "__insert_error", "ii", Invocation::error));

  /** An error text is one message for a person; what is longer is cut. */
  private static final int ERROR_BYTES = 8192;

  private Invocation() {}

  private static long input(Guest guest, long[] args) {
    byte[] input = guest.setup.input();
    guest.memory().write((int) args[0], input, 0, input.length);
    return 0;
  }

  private static long response(Guest guest, long[] args) {
    guest.answer.set(guest.memory(), (int) args[0], (int) args[1]);
    return 0;
  }

  private static long error(Guest guest, long[] args) {
    int address = (int) args[0];
    int size = (int) args[1];
    guest.memory().check(address, size);
    byte[] text = guest.memory().readBytes(address, Math.min(size, ERROR_BYTES));
    guest.fail(new String(text, StandardCharsets.UTF_8));
    return 0;
  }
}
