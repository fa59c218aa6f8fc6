package dev.funless.core.catalog;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is made of the catalogue: as that is when asked, made anew only where it has changed.
 * Thread-safe; threads that ask at once after a change may each make it.
 */
public final class Derived<T> implements Supplier<T> {

  private record Made<T>(long version, T value) {}

  private final Supplier<CatalogSnapshot> catalog;
  private final Function<CatalogSnapshot, T> make;
  private volatile Made<T> last;

  public Derived(Supplier<CatalogSnapshot> catalog, Function<CatalogSnapshot, T> make) {
    this.catalog = catalog;
    this.make = make;
  }

  @Override
  public T get() {
    CatalogSnapshot now = catalog.get();
    Made<T> made = last;
    if (made == null || made.version != now.version()) {
      made = new Made<>(now.version(), make.apply(now));
      last = made;
    }
    return made.value;
  }
}
