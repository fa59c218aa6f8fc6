package dev.funless.engine;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import dev.funless.engine.abi.HostFunction;
import dev.funless.engine.compile.ExecutableCode;
import dev.funless.engine.compile.InterpreterBounds;
import dev.funless.engine.memory.DataSegments;
import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.GuestTable;
import dev.funless.engine.memory.MemoryBudget;
import dev.funless.engine.memory.Reservation;

/** One way to run a module, interpreted or compiled; makes its instances. Thread-safe. */
final class Form {

  private static final long[] NOTHING = {};

  private final WasmModule module;
  private final ExecutableCode code;
  private final Poll poll;
  private final ImportValues imports;
  private final DataSegments segments;
  private final long instanceBytes;

  /** Null before the first instance; any thread's is as good as another's. */
  private volatile GuestInstance.Start start;

  /**
   * @param module without its start function
   * @param instanceBytes what an instance takes of the memory budget before it grows
   */
  Form(CheckedModule checked, WasmModule module, ExecutableCode code, long instanceBytes) {
    this.module = module;
    this.code = code;
    this.poll = new Poll(code);
    this.imports = imports(checked);
    this.segments = new DataSegments(module.dataSection().dataSegments());
    this.instanceBytes = instanceBytes;
  }

  Poll poll() {
    return poll;
  }

  long instanceBytes() {
    return instanceBytes;
  }

  /** Null where the budget has no room. Nothing of the guest has run. */
  GuestInstance newInstance(MemoryBudget budget) {
    Reservation reservation = budget.open();
    if (!reservation.take(instanceBytes)) {
      return null;
    }
    GuestInstance made = null;
    try {
      made = new GuestInstance(this, instance(reservation), reservation, start);
      start = made.start();
      return made;
    } catch (OutOfMemoryError full) {
      return null;
    } finally {
      if (made == null) {
        reservation.close();
      }
    }
  }

  private Instance instance(Reservation reservation) {
    return Instance.builder(module)
        .withImportValues(imports)
        .withMachineFactory(code::machine)
        .withMemoryFactory(
            limits ->
                new GuestMemory(
                    limits.initialPages(), limits.maximumPages(), reservation, segments))
        .withTableFactory(
            (table, initialRef) ->
                new GuestTable(table, initialRef, CallLimits.LARGEST_TABLE, reservation))
        .withUnsafeExecutionListener(InterpreterBounds.LISTENER)
        .withStart(false)
        .build();
  }

  private static ImportValues imports(CheckedModule checked) {
    return ImportValues.builder()
        .withFunctions(checked.imports().stream().map(Form::bind).toList())
        .build();
  }

  /** The guest is that of the thread: one thread runs one guest. */
  private static ImportFunction bind(HostFunction function) {
    HostFunction.Body body = function.body();
    boolean hasResult = !function.type().returns().isEmpty();
    return new ImportFunction(
        function.module(),
        function.name(),
        function.type(),
        (instance, args) -> {
          long result = body.call(GuestThread.guest(), args);
          return hasResult ? new long[] {result} : NOTHING;
        });
  }
}
