package dev.funless.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTableTest {

  private final Table declared = new Table(ValType.FuncRef, new TableLimits(2, 100), List.of());
  private final MemoryBudget budget = new MemoryBudget(1000, () -> false);

  /**
   * What the library does; once it no longer does, {@link GuestTable} needs no limits of its own.
   */
  @Test
  void libraryLetsGrowthOfOneTableShowInTheNext() {
    new TableInstance(declared, -1).grow(5, -1, null);
    assertEquals(7, new TableInstance(declared, -1).size());
  }

  @Test
  void growthOfOneTableDoesNotShowInTheNext() {
    try (Reservation reservation = budget.open()) {
      reservation.limit(0, 1000);
      var table = new GuestTable(declared, -1, 1000, reservation);
      assertEquals(2, table.grow(5, -1, null));
      assertEquals(7, table.size());
      assertEquals(2, new GuestTable(declared, -1, 1000, reservation).size());
      assertEquals(2, declared.limits().min());
    }
  }

  @Test
  void growsWithinWhatIsDeclaredAllowedAndBudgeted() {
    try (Reservation reservation = budget.open()) {
      reservation.limit(0, 1000);
      var table = new GuestTable(declared, -1, 1000, reservation);
      assertEquals(-1, table.grow(99, -1, null));
      assertEquals(-1, table.grow(-1, -1, null));
      assertEquals(-1, table.grow(Integer.MAX_VALUE, -1, null));
      assertEquals(-1, table.grow(98, -1, null));
      assertEquals(2, table.grow(50, -1, null));
      assertEquals(800, budget.heldBytes());
      assertEquals(-1, new GuestTable(declared, -1, 4, reservation).grow(3, -1, null));
      assertEquals(2, new GuestTable(declared, -1, 4, reservation).grow(2, -1, null));
    }
    assertEquals(0, budget.heldBytes());
  }
}
