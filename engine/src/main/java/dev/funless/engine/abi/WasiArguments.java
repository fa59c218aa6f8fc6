package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import dev.funless.engine.memory.GuestMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The command line, which is a name and nothing else, and the function's environment. */
final class WasiArguments {

  private static final byte[] NAME = "function\0".getBytes(StandardCharsets.UTF_8);

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningInt(
              WASI, "args_sizes_get", "ii", (guest, args) -> sizes(guest, args, List.of(NAME))),
          returningInt(
              WASI, "args_get", "ii", (guest, args) -> strings(guest, args, List.of(NAME))),
          returningInt(
              WASI,
              "environ_sizes_get",
              "ii",
              (guest, args) -> sizes(guest, args, environment(guest))),
          returningInt(
              WASI,
              "environ_get",
              "ii",
              (guest, args) -> strings(guest, args, environment(guest))));

  private WasiArguments() {}

  private static long sizes(Guest guest, long[] args, List<byte[]> strings) {
    int bytes = 0;
    for (byte[] string : strings) {
      bytes += string.length;
    }
    guest.memory().writeI32((int) args[0], strings.size());
    guest.memory().writeI32((int) args[1], bytes);
    return Errno.SUCCESS;
  }

  private static long strings(Guest guest, long[] args, List<byte[]> strings) {
    GuestMemory memory = guest.memory();
    int pointer = (int) args[0];
    int target = (int) args[1];
    for (byte[] string : strings) {
      memory.writeI32(pointer, target);
      memory.write(target, string, 0, string.length);
      pointer += Integer.BYTES;
      target += string.length;
    }
    return Errno.SUCCESS;
  }

  /** Made once a call, as a guest asks for the sizes first. */
  private static List<byte[]> environment(Guest guest) {
    if (guest.environment == null) {
      List<byte[]> strings = new ArrayList<>();
      guest
          .setup
          .environment()
          .forEach(
              (name, value) ->
                  strings.add((name + "=" + value + "\0").getBytes(StandardCharsets.UTF_8)));
      guest.environment = strings;
    }
    return guest.environment;
  }
}
