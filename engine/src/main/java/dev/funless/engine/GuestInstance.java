package dev.funless.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Element;
import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.GuestTable;
import dev.funless.engine.memory.MemoryImage;
import dev.funless.engine.memory.Reservation;
import java.util.Arrays;
import java.util.List;

/**
 * An instance of a module, which serves one call after the other: between them all that a guest can
 * change is made as it was. Used by one thread at a time.
 *
 * <p>What a guest can change: memory, its size, globals, tables, which segments are dropped. What
 * it holds of the host, such as open descriptors, belongs to the call and goes with it.
 */
final class GuestInstance implements AutoCloseable {

  /**
   * What every call of a module starts with. It is the same for all instances: modules import no
   * state, and nothing of them has run.
   */
  record Start(MemoryImage memory, List<int[]> tables, long[] globals, Element[] elements) {}

  private static final long[] NOTHING = {};

  private final Form form;
  private final Instance instance;
  private final GuestMemory memory;
  private final GuestTable[] tables;
  private final Reservation reservation;
  private final Start start;

  /**
   * @param instance newly made: nothing of the guest has run
   * @param known what the module's calls start with; null for the module's first instance
   */
  GuestInstance(Form form, Instance instance, Reservation reservation, Start known) {
    this.form = form;
    this.instance = instance;
    this.reservation = reservation;
    memory = (GuestMemory) instance.memory();
    tables = new GuestTable[instance.tableCount()];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = (GuestTable) instance.table(i);
    }
    start = known == null ? startOf(instance) : known;
    memory.startsAs(start.memory());
    for (int i = 0; i < tables.length; i++) {
      tables[i].startsAs(start.tables().get(i));
    }
  }

  private Start startOf(Instance its) {
    long[] globals = new long[its.globalCount()];
    for (int i = 0; i < globals.length; i++) {
      globals[i] = its.global(i).getValue();
    }
    Element[] elements = new Element[its.elementCount()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = its.element(i);
    }
    List<int[]> entries = Arrays.stream(tables).map(GuestTable::entries).toList();
    return new Start(memory.image(), entries, globals, elements);
  }

  Form form() {
    return form;
  }

  Start start() {
    return start;
  }

  GuestMemory memory() {
    return memory;
  }

  /** Sets how large its memory and its tables may grow in the call that begins. */
  void begin(CallLimits limits) {
    reservation.limit(limits.memoryBytes(), limits.tableEntries());
  }

  /** Calls a function without arguments. */
  void call(int function) {
    instance.getMachine().call(function, NOTHING);
  }

  int call(int function, int argument) {
    return (int) instance.getMachine().call(function, new long[] {argument})[0];
  }

  /**
   * Makes it ready for the next call.
   *
   * @return false where that cannot be done; it is to be closed then
   */
  boolean reset() {
    for (GuestTable table : tables) {
      if (!table.reset(instance)) {
        return false;
      }
    }
    memory.reset();
    long[] globals = start.globals();
    for (int i = 0; i < globals.length; i++) {
      instance.global(i).setValue(globals[i]);
    }
    Element[] elements = start.elements();
    for (int i = 0; i < elements.length; i++) {
      instance.setElement(i, elements[i]);
    }
    return true;
  }

  /** What it holds of the budget, in bytes. */
  long heldBytes() {
    return reservation.heldBytes();
  }

  /** Gives back what it holds. */
  @Override
  public void close() {
    reservation.close();
  }
}
