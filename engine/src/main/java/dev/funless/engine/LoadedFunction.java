package dev.funless.engine;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import dev.funless.engine.abi.HostFunction;
import dev.funless.engine.compile.ExecutableCode;
import dev.funless.engine.memory.DataSegments;
import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.GuestTable;
import dev.funless.engine.memory.MemoryBudget;
import dev.funless.engine.memory.Reservation;
import java.util.concurrent.atomic.AtomicBoolean;

/** A module that is ready to be called, from any thread. */
public final class LoadedFunction {

  private static final long[] NOTHING = {};

  private final WasmModule module;
  private final CheckedModule checked;
  private final ExecutableCode code;
  private final Poll poll;
  private final Conduct conduct = new Conduct();
  private final ImportValues imports;
  private final DataSegments segments;
  private final long instanceBytes;
  private final AtomicBoolean engineFailed = new AtomicBoolean();

  /** Null before the first instance; any thread's is as good as another's. */
  private volatile GuestInstance.Start start;

  private volatile boolean unloaded;

  /**
   * @param module without its start function
   */
  LoadedFunction(CheckedModule checked, WasmModule module, ExecutableCode code) {
    this.module = module;
    this.checked = checked;
    this.code = code;
    this.poll = new Poll(code);
    this.imports = imports(checked);
    this.segments = new DataSegments(module.dataSection().dataSegments());
    this.instanceBytes =
        GuestMemory.heldBytes(checked.info().initialMemoryBytes())
            + ModuleBounds.bytesBeside(module);
  }

  public ModuleInfo info() {
    return checked.info();
  }

  /** The indexes of the functions that a call runs, in this order; -1 where there is none. */
  int startIndex() {
    return checked.startIndex();
  }

  int initializeIndex() {
    return checked.initializeIndex();
  }

  int entryIndex() {
    return checked.entryIndex();
  }

  /** True once: a fault of the engine's is worth one report a function, not one a call. */
  boolean firstEngineFailure() {
    return engineFailed.compareAndSet(false, true);
  }

  Conduct conduct() {
    return conduct;
  }

  Poll poll() {
    return poll;
  }

  /** What an instance takes of the memory budget before it grows. */
  long instanceBytes() {
    return instanceBytes;
  }

  boolean unloaded() {
    return unloaded;
  }

  void unload() {
    unloaded = true;
  }

  /** Null where the budget has no room. Nothing of the guest has run. */
  GuestInstance newInstance(MemoryBudget budget) {
    Reservation reservation = budget.open();
    if (!reservation.take(instanceBytes)) {
      return null;
    }
    GuestInstance made = null;
    try {
      made = new GuestInstance(instance(reservation), reservation, start);
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
                new GuestTable(table, initialRef, ModuleBounds.TABLE_ENTRIES, reservation))
        .withStart(false)
        .build();
  }

  private static ImportValues imports(CheckedModule checked) {
    return ImportValues.builder()
        .withFunctions(checked.imports().stream().map(LoadedFunction::bind).toList())
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
