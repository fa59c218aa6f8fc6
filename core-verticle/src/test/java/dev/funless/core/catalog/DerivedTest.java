package dev.funless.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DerivedTest {

  private final AtomicReference<CatalogSnapshot> catalog = new AtomicReference<>(version(7));
  private final Derived<List<Long>> versions =
      new Derived<>(catalog::get, now -> List.of(now.version()));

  private static CatalogSnapshot version(long version) {
    return new CatalogSnapshot(
        version, new TreeSet<>(), new TreeMap<>(), Map.of(), new TreeMap<>());
  }

  @Test
  void isMadeAnewOnlyWhereTheCatalogueHasChanged() {
    List<Long> first = versions.get();
    assertEquals(List.of(7L), first);

    catalog.set(version(7));
    assertSame(first, versions.get());

    catalog.set(version(8));
    assertEquals(List.of(8L), versions.get());
  }
}
