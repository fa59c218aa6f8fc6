package dev.funless.engine.memory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;

/**
 * A table of one call. The library's {@code table.grow} changes the limits object that belongs to
 * the module, and so every later instance's table: this one has limits of its own.
 */
public final class GuestTable extends TableInstance {

  /** An entry is an index and the instance it belongs to. */
  public static final long ENTRY_BYTES = 12;

  private final Reservation reservation;

  /**
   * @param declared as the module has it; not changed
   * @param maximumEntries the most entries that this table may grow to
   */
  public GuestTable(Table declared, int initialRef, long maximumEntries, Reservation reservation) {
    super(withOwnLimits(declared, maximumEntries), initialRef);
    this.reservation = reservation;
  }

  @Override
  public int grow(int entries, int ref, Instance instance) {
    if (entries < 0 || size() + (long) entries > limits().max()) {
      return -1;
    }
    Stack.need();
    long bytes = entries * ENTRY_BYTES;
    if (!reservation.takeOther(bytes)) {
      return -1;
    }
    try {
      return super.grow(entries, ref, instance);
    } catch (OutOfMemoryError full) {
      reservation.giveBackOther(bytes);
      return -1;
    }
  }

  private static Table withOwnLimits(Table declared, long maximumEntries) {
    long min = declared.limits().min();
    long max = Math.max(min, Math.min(declared.limits().max(), maximumEntries));
    return new Table(declared.elementType(), new TableLimits(min, max), declared.initialize());
  }
}
