package dev.funless.fuzz.reference;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** As much of the host interface as generated modules use, in its simplest form. */
final class ReferenceHost {

  private static final String FUNLESS = "fl_imps";
  private static final String WASI = "wasi_snapshot_preview1";
  private static final long BAD_DESCRIPTOR = 8;

  private static final FunctionType ONE = FunctionType.of(List.of(ValType.I32), List.of());
  private static final FunctionType TWO =
      FunctionType.of(List.of(ValType.I32, ValType.I32), List.of());
  private static final FunctionType CLOSE =
      FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));
  private static final FunctionType STREAM =
      FunctionType.of(
          List.of(ValType.I32, ValType.I32, ValType.I32, ValType.I32), List.of(ValType.I32));

  /** The guest ended itself. */
  static final class Exit extends RuntimeException {
    private final int code;

    Exit(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  private final byte[] input;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private final boolean[] closed = new boolean[3];
  private int inputRead;

  ReferenceHost(byte[] input) {
    this.input = input;
  }

  int inputBytes() {
    return input.length;
  }

  String log() {
    return log.toString(StandardCharsets.ISO_8859_1);
  }

  String answer() {
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  List<ImportFunction> functions() {
    return List.of(
        new HostFunction(FUNLESS, "__get_input_data", ONE, this::input),
        new HostFunction(FUNLESS, "__console_log", TWO, this::log),
        new HostFunction(FUNLESS, "__insert_response", TWO, this::respond),
        new HostFunction(WASI, "fd_read", STREAM, this::read),
        new HostFunction(WASI, "fd_write", STREAM, this::write),
        new HostFunction(WASI, "fd_close", CLOSE, this::close),
        new HostFunction(
            WASI,
            "proc_exit",
            ONE,
            (_, args) -> {
              throw new Exit((int) args[0]);
            }));
  }

  private long[] input(Instance instance, long... args) {
    instance.memory().write((int) args[0], input);
    return null;
  }

  private long[] log(Instance instance, long... args) {
    log.writeBytes(instance.memory().readBytes((int) args[0], (int) args[1]));
    log.write('\n');
    return null;
  }

  private long[] respond(Instance instance, long... args) {
    answer.reset();
    answer.writeBytes(instance.memory().readBytes((int) args[0], (int) args[1]));
    return null;
  }

  /** One piece, as generated modules pass it. */
  private long[] read(Instance instance, long... args) {
    if (args[0] != 0 || closed[0]) {
      return new long[] {BAD_DESCRIPTOR};
    }
    Memory memory = instance.memory();
    int address = memory.readInt((int) args[1]);
    int size = Math.min(memory.readInt((int) args[1] + 4), input.length - inputRead);
    memory.write(address, input, inputRead, size);
    inputRead += size;
    memory.writeI32((int) args[3], size);
    return new long[] {0};
  }

  private long[] write(Instance instance, long... args) {
    int descriptor = (int) args[0];
    if (descriptor < 1 || descriptor > 2 || closed[descriptor]) {
      return new long[] {BAD_DESCRIPTOR};
    }
    Memory memory = instance.memory();
    int address = memory.readInt((int) args[1]);
    int size = memory.readInt((int) args[1] + 4);
    (descriptor == 1 ? answer : log).writeBytes(memory.readBytes(address, size));
    memory.writeI32((int) args[3], size);
    return new long[] {0};
  }

  private long[] close(Instance instance, long... args) {
    int descriptor = (int) args[0];
    if (descriptor < 0 || descriptor > 2 || closed[descriptor]) {
      return new long[] {BAD_DESCRIPTOR};
    }
    closed[descriptor] = true;
    return new long[] {0};
  }
}
