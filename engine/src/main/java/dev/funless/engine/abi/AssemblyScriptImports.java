package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningNothing;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.Stack;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/**
 * What AssemblyScript's compiler has a module import where no WASI is asked for: failing, tracing,
 * printing, clocks and a random seed. A string is a pointer to UTF-16, its length in bytes is in
 * front of it, and a null pointer is no string.
 */
final class AssemblyScriptImports {

  private static final String ENV = "env";

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningNothing(ENV, "abort", "iiii", AssemblyScriptImports::abort),
          new HostFunction(
              ENV,
              "trace",
              FunctionType.of(
                  List.of(
                      ValType.I32,
                      ValType.I32,
                      ValType.F64,
                      ValType.F64,
                      ValType.F64,
                      ValType.F64,
                      ValType.F64),
                  List.of()),
              AssemblyScriptImports::trace),
          returningNothing(ENV, "console.log", "i", AssemblyScriptImports::print),
          returningNothing(ENV, "console.debug", "i", AssemblyScriptImports::print),
          returningNothing(ENV, "console.info", "i", AssemblyScriptImports::print),
          returningNothing(ENV, "console.warn", "i", AssemblyScriptImports::print),
          returningNothing(ENV, "console.error", "i", AssemblyScriptImports::print),
          returningNothing(ENV, "process.exit", "i", AssemblyScriptImports::exit),
          returningDouble("seed", AssemblyScriptImports::seed),
          returningDouble("Date.now", AssemblyScriptImports::wallMillis),
          returningDouble("performance.now", AssemblyScriptImports::callMillis));

  /** As AssemblyScript's own abort for WASI exits. */
  private static final int ABORTED = 255;

  private static final int TRACED_NUMBERS = 5;

  private static final SecureRandom SEEDS = new SecureRandom();

  private AssemblyScriptImports() {}

  /** An assertion or a check of the language failed, or something was thrown. */
  private static long abort(Guest guest, long[] args) {
    Stack.need();
    String message = text(guest, (int) args[0]);
    String where = text(guest, (int) args[1]) + ":" + (int) args[2] + ":" + (int) args[3];
    guest.log.line("abort: " + message + " in " + where);
    throw new GuestExit(ABORTED);
  }

  /** A message and the first few of five numbers. */
  private static long trace(Guest guest, long[] args) {
    Stack.need();
    var line = new StringBuilder("trace: ").append(text(guest, (int) args[0]));
    int numbers = Math.min(Math.max((int) args[1], 0), TRACED_NUMBERS);
    for (int i = 0; i < numbers; i++) {
      line.append(i == 0 ? " " : ", ").append(number(args[2 + i]));
    }
    guest.log.line(line.toString());
    return 0;
  }

  private static long print(Guest guest, long[] args) {
    Stack.need();
    guest.log.line(text(guest, (int) args[0]));
    return 0;
  }

  private static long exit(Guest guest, long[] args) {
    throw new GuestExit((int) args[0]);
  }

  /** Only its bits matter. */
  private static long seed(Guest guest, long[] args) {
    Stack.need();
    return SEEDS.nextLong();
  }

  private static long wallMillis(Guest guest, long[] args) {
    return Double.doubleToRawLongBits((double) System.currentTimeMillis());
  }

  private static long callMillis(Guest guest, long[] args) {
    return Double.doubleToRawLongBits((System.nanoTime() - guest.startNanos) / 1e6);
  }

  /** As the language prints it: whole numbers without a fraction. */
  private static String number(long bits) {
    double value = Double.longBitsToDouble(bits);
    return value == (int) value ? Integer.toString((int) value) : Double.toString(value);
  }

  /** No more of it than the log keeps. */
  private static String text(Guest guest, int pointer) {
    if (pointer == 0) {
      return "";
    }
    GuestMemory memory = guest.memory();
    int size = memory.readInt(pointer - Integer.BYTES);
    memory.check(pointer, size);
    long kept = Math.min(size, 2L * guest.setup.logBytes());
    return new String(memory.readBytes(pointer, (int) kept), StandardCharsets.UTF_16LE);
  }

  private static HostFunction returningDouble(String name, HostFunction.Body body) {
    return new HostFunction(ENV, name, FunctionType.of(List.of(), List.of(ValType.F64)), body);
  }
}
