package dev.funless.engine;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import dev.funless.engine.abi.Guest;
import dev.funless.engine.abi.HostFunction;
import dev.funless.engine.memory.DataSegments;
import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.GuestTable;
import dev.funless.engine.memory.MemoryBudget;
import dev.funless.engine.memory.Reservation;
import dev.funless.engine.memory.Stack;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A module that is compiled and ready to be called, from any thread. */
public final class LoadedFunction {

  /** Tables up to this size are not worth counting against the memory budget. */
  private static final long FREE_TABLE_ENTRIES = 4096;

  private static final long[] NOTHING = {};

  private final CheckedModule checked;
  private final Function<Instance, Machine> machines;
  private final ImportValues imports;
  private final DataSegments segments;
  private final long tableBytes;
  private final AtomicBoolean engineFailed = new AtomicBoolean();

  LoadedFunction(CheckedModule checked, Function<Instance, Machine> machines) {
    WasmModule module = checked.module();
    this.checked = checked;
    this.machines = machines;
    this.imports = imports(checked);
    this.segments = new DataSegments(module.dataSection().dataSegments());
    long entries = ModuleBounds.tableEntries(module);
    this.tableBytes = entries > FREE_TABLE_ENTRIES ? entries * GuestTable.ENTRY_BYTES : 0;
  }

  public ModuleInfo info() {
    return checked.info();
  }

  int entryIndex() {
    return checked.entryIndex();
  }

  int initializeIndex() {
    return checked.initializeIndex();
  }

  /** What its tables take at the start of a call, in bytes. */
  long tableBytes() {
    return tableBytes;
  }

  /** True once: a fault of the engine's is worth one report a function, not one a call. */
  boolean firstEngineFailure() {
    return engineFailed.compareAndSet(false, true);
  }

  /** Makes the memory, tables and globals of one call, and runs the module's start function. */
  Instance instantiate(Guest guest, Reservation reservation) {
    return Instance.builder(checked.module())
        .withImportValues(imports)
        .withMachineFactory(machines)
        .withMemoryFactory(
            limits -> {
              GuestMemory memory =
                  allocate(limits.initialPages(), limits.maximumPages(), reservation);
              guest.use(memory);
              return memory;
            })
        .withTableFactory(
            (table, initialRef) ->
                new GuestTable(table, initialRef, ModuleBounds.TABLE_ENTRIES, reservation))
        .withStart(false)
        .build();
  }

  /** Has the JVM link the compiled classes, without running anything of the module. */
  void link() {
    Reservation none = new MemoryBudget(0).open(0);
    Instance.builder(checked.module())
        .withImportValues(imports)
        .withMachineFactory(machines)
        .withMemoryFactory(limits -> new GuestMemory(0, 0, none, segments))
        .withInitialize(false)
        .withStart(false)
        .build();
  }

  private GuestMemory allocate(int initialPages, int maximumPages, Reservation reservation) {
    try {
      return new GuestMemory(initialPages, maximumPages, reservation, segments);
    } catch (OutOfMemoryError full) {
      throw new NoMemory();
    }
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
          Stack.need();
          long result = body.call(GuestThread.guest(), args);
          return hasResult ? new long[] {result} : NOTHING;
        });
  }

  /** The JVM has no room for the memory that a call starts with. */
  static final class NoMemory extends RuntimeException {
    NoMemory() {
      super("no memory", null, false, false);
    }
  }
}
