package dev.funless.core.schedule;

import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Invalidate;
import dev.funless.core.schedule.app.AppScript.NamedItem;
import dev.funless.core.schedule.app.AppScript.SetItem;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Tag;
import dev.funless.core.schedule.app.AppScript.Workers;
import dev.funless.shared.protocol.message.Decision.Place;
import java.util.List;
import java.util.Optional;

/**
 * Workers of a script among which one strategy picks: those of a block, or of one set of a block.
 *
 * @param line of the block or set
 * @param strategy how one is picked
 * @param validity what all are held against that have no {@code invalidate} of their own
 * @param ownZoneFirst whether workers of the deciding core's zone go before all others
 */
record Scope(
    Tag tag,
    Block block,
    int line,
    Members members,
    Strategy strategy,
    Validity validity,
    boolean ownZoneFirst) {

  /** Which workers belong. */
  sealed interface Members {

    /** Where a worker stands among them, from 0; -1 where it does not belong. */
    int place(Worker worker, int index);

    /** Everyone, in the order in which they are given. */
    record All() implements Members {
      @Override
      public int place(Worker worker, int index) {
        return index;
      }
    }

    /** Those with a tag, in the order in which they are given. */
    record Labelled(String label) implements Members {
      @Override
      public int place(Worker worker, int index) {
        return worker.tag().equals(label) ? index : -1;
      }
    }

    /** Those that are named, in the order of the text. */
    record Named(Workers.Named named) implements Members {
      @Override
      public int place(Worker worker, int index) {
        Integer place = named.places().get(worker.name());
        return place == null ? -1 : place;
      }
    }
  }

  static Scope of(Tag tag, Block block, Workers.Named named, Validity validity) {
    return new Scope(
        tag, block, block.line(), new Members.Named(named), block.strategy(), validity, false);
  }

  static Scope ofAll(Tag tag, Block block, Validity validity) {
    return new Scope(
        tag, block, block.line(), new Members.All(), block.strategy(), validity, false);
  }

  static Scope of(Tag tag, Block block, SetItem set, Validity validity) {
    return new Scope(
        tag,
        block,
        set.line(),
        set.label().isEmpty() ? new Members.All() : new Members.Labelled(set.label()),
        set.strategy(),
        set.invalidate().map(validity::with).orElse(validity),
        set.strategy() == Strategy.RANDOM || set.strategy() == Strategy.PLATFORM);
  }

  /** What the worker at a place is held against. Mostly the same for all: then without garbage. */
  Validity validityAt(int place) {
    return switch (members) {
      case Members.All _, Members.Labelled _ -> validity;
      case Members.Named(Workers.Named named) -> {
        Optional<Invalidate> own = named.items().get(place).invalidate();
        yield own.isEmpty() ? validity : validity.with(own.get());
      }
    };
  }

  /** Whether what the function costs on a worker matters. */
  boolean needsCost(Validity held) {
    return strategy == Strategy.MIN_LATENCY || held.invalidate().boundsLatency();
  }

  /** The workers that are named; none where nobody is. */
  List<NamedItem> named() {
    return switch (members) {
      case Members.All _, Members.Labelled _ -> List.of();
      case Members.Named(Workers.Named named) -> named.items();
    };
  }

  Place at(int line) {
    return new Place(tag.name(), block.number(), line == 0 ? this.line : line);
  }
}
