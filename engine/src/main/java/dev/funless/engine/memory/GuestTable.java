package dev.funless.engine.memory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;

/**
 * A table of one instance. The library's {@code table.grow} changes the limits object that belongs
 * to the module, and so every later instance's table: this one has limits of its own.
 */
public final class GuestTable extends TableInstance {

  /** An entry is an index and the instance it belongs to, and the index that it starts with. */
  public static final long ENTRY_BYTES = 16;

  private final Reservation reservation;

  /** The entries at the start of a call; shared by the tables of a module. */
  private int[] starts = {};

  private boolean changed;
  private boolean grown;

  /**
   * @param declared as the module has it; not changed
   * @param maximumEntries the most entries that this table may grow to
   */
  public GuestTable(Table declared, int initialRef, long maximumEntries, Reservation reservation) {
    super(withOwnLimits(declared, maximumEntries), initialRef);
    this.reservation = reservation;
  }

  /** The entries as they are now. */
  public int[] entries() {
    int[] entries = new int[size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = ref(i);
    }
    return entries;
  }

  /** Sets what calls start with, which is what the table holds now. */
  public void startsAs(int[] entries) {
    starts = entries;
    changed = false;
  }

  /**
   * Makes all entries as at the start of a call.
   *
   * @return false where the table has grown, which cannot be undone
   */
  public boolean reset(Instance instance) {
    if (changed && !grown) {
      for (int i = 0; i < starts.length; i++) {
        super.setRef(i, starts[i], instance);
      }
      changed = false;
    }
    return !grown;
  }

  @Override
  public void setRef(int index, int value, Instance instance) {
    changed = true;
    super.setRef(index, value, instance);
  }

  /** Null is an entry of the same instance. The library asks for entries that do not exist. */
  @Override
  public Instance instance(int index) {
    return index < size() ? super.instance(index) : null;
  }

  @Override
  public int grow(int entries, int ref, Instance instance) {
    long wanted = size() + (long) entries;
    if (entries < 0 || wanted > limits().max() || !reservation.allowsTable(wanted)) {
      return -1;
    }
    Stack.need();
    long bytes = entries * ENTRY_BYTES;
    if (!reservation.take(bytes)) {
      return -1;
    }
    grown |= entries > 0;
    try {
      return super.grow(entries, ref, instance);
    } catch (OutOfMemoryError full) {
      reservation.giveBack(bytes);
      return -1;
    }
  }

  private static Table withOwnLimits(Table declared, long maximumEntries) {
    long min = declared.limits().min();
    long max = Math.max(min, Math.min(declared.limits().max(), maximumEntries));
    return new Table(declared.elementType(), new TableLimits(min, max), declared.initialize());
  }
}
