package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import dev.funless.engine.memory.GuestMemory;
import java.util.List;

/** Reading stdin, which is the input, and writing stdout and stderr. */
final class WasiStreams {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningInt(WASI, "fd_read", "iiii", WasiStreams::read),
          returningInt(WASI, "fd_write", "iiii", WasiStreams::write));

  /** As many pieces as systems usually take in one call; the rest is left for the next. */
  private static final int PIECES = 1024;

  private static final int PIECE_BYTES = 8;

  private WasiStreams() {}

  private static long read(Guest guest, long[] args) {
    int pieces = (int) args[1];
    int count = pieces((int) args[2]);
    if (args[0] != Descriptors.STDIN || !guest.descriptors.isOpen(Descriptors.STDIN)) {
      return Errno.BADF;
    }
    GuestMemory memory = guest.memory();
    byte[] input = guest.setup.input();
    int total = 0;
    for (int i = 0; i < count; i++) {
      int address = memory.readInt(pieces + i * PIECE_BYTES);
      int size = memory.readInt(pieces + i * PIECE_BYTES + Integer.BYTES);
      memory.check(address, size);
      int part = Math.min(size, input.length - guest.inputRead);
      memory.write(address, input, guest.inputRead, part);
      guest.inputRead += part;
      total += part;
    }
    memory.writeI32((int) args[3], total);
    return Errno.SUCCESS;
  }

  private static long write(Guest guest, long[] args) {
    int descriptor = (int) args[0];
    int pieces = (int) args[1];
    int count = pieces((int) args[2]);
    if (descriptor == Descriptors.STDIN || !guest.descriptors.isOpen(descriptor)) {
      return Errno.BADF;
    }
    boolean answer = descriptor == Descriptors.STDOUT && guest.setup.stdoutIsAnswer();
    GuestMemory memory = guest.memory();
    int total = 0;
    for (int i = 0; i < count; i++) {
      int address = memory.readInt(pieces + i * PIECE_BYTES);
      int size = memory.readInt(pieces + i * PIECE_BYTES + Integer.BYTES);
      memory.check(address, size);
      if (size > Integer.MAX_VALUE - total) {
        break;
      }
      if (answer) {
        guest.answer.append(memory, address, size);
      } else {
        guest.log.append(memory, address, size);
      }
      total += size;
    }
    memory.writeI32((int) args[3], total);
    return Errno.SUCCESS;
  }

  private static int pieces(int count) {
    return Integer.compareUnsigned(count, PIECES) < 0 ? count : PIECES;
  }
}
