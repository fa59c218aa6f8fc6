package dev.funless.core.schedule;

import dev.funless.core.input.Texts;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Followup;
import dev.funless.core.schedule.app.AppScript.NamedItem;
import dev.funless.core.schedule.app.AppScript.SetItem;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Tag;
import dev.funless.core.schedule.app.AppScript.TopologyTolerance;
import dev.funless.core.schedule.app.AppScript.Workers;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;

/** One decision by a script. Confined to its thread. */
final class AppDecision {

  private final String scriptName;
  private final AppScript script;
  private final List<Worker> workers;
  private final Call call;
  private final Circumstances circumstances;

  /** Why workers were ruled out so far. */
  private final EnumSet<Invalidity> ruledOut = EnumSet.noneOf(Invalidity.class);

  AppDecision(
      String scriptName,
      AppScript script,
      List<Worker> workers,
      Call call,
      Circumstances circumstances) {
    this.scriptName = scriptName;
    this.script = script;
    this.workers = workers;
    this.call = call;
    this.circumstances = circumstances;
  }

  Selection select() {
    Tag own = script.tags().get(call.function().tag());
    Tag fallback = script.tags().get(AppScript.DEFAULT_TAG);
    Tag tag = own == null ? fallback : own;
    if (tag == null) {
      return new Selection.None(
          "The script '%s' has neither the tag '%s' nor the tag '%s'."
              .formatted(scriptName, Texts.abridged(call.function().tag()), AppScript.DEFAULT_TAG));
    }
    Selection.Chosen chosen = select(tag);
    boolean isFallback = tag.name().equals(AppScript.DEFAULT_TAG);
    if (chosen == null && tag.followup() == Followup.DEFAULT && fallback != null && !isFallback) {
      chosen = select(fallback);
    }
    return chosen == null ? none(tag) : chosen;
  }

  private Selection.None none(Tag tag) {
    StringJoiner reasons = new StringJoiner("; ");
    ruledOut.forEach(reason -> reasons.add(reason.summary));
    return new Selection.None(
        "No worker is valid for the tag '"
            + Texts.abridged(tag.name())
            + "' of the script '"
            + scriptName
            + "': "
            + reasons
            + ".");
  }

  /** By the first of its blocks that has a valid worker; null where none has. */
  private Selection.Chosen select(Tag tag) {
    for (Block block : ordered(tag.blocks(), tag.strategy())) {
      Selection.Chosen chosen = select(tag, block);
      if (chosen != null) {
        return chosen;
      }
    }
    return null;
  }

  private Selection.Chosen select(Tag tag, Block block) {
    Optional<String> zone = Optional.empty();
    if (isForAnotherCore(block)) {
      String controller = block.controller().orElseThrow();
      zone = circumstances.core().zones().apply(controller);
      boolean closed =
          block.topologyTolerance() == TopologyTolerance.NONE
              || (block.topologyTolerance() == TopologyTolerance.SAME && zone.isEmpty());
      if (closed) {
        explainClosed(tag, block, controller);
        return null;
      }
      if (block.topologyTolerance() == TopologyTolerance.ALL) {
        zone = Optional.empty();
      }
    }
    Validity validity = new Validity(call, block.invalidate(), block.affinity(), zone);
    return switch (block.workers()) {
      case Workers.All _ -> select(Scope.ofAll(tag, block, validity));
      case Workers.Named named -> select(Scope.of(tag, block, named, validity));
      case Workers.Sets sets -> select(tag, block, sets, validity);
    };
  }

  private boolean isForAnotherCore(Block block) {
    return block.controller().isPresent()
        && !block.controller().get().equals(circumstances.core().name());
  }

  private Selection.Chosen select(Tag tag, Block block, Workers.Sets sets, Validity validity) {
    for (SetItem set : ordered(sets.items(), block.strategy())) {
      Selection.Chosen chosen = select(Scope.of(tag, block, set, validity));
      if (chosen != null) {
        return chosen;
      }
    }
    return null;
  }

  private <T> List<T> ordered(List<T> items, Strategy strategy) {
    if (strategy != Strategy.RANDOM || items.size() == 1) {
      return items;
    }
    List<T> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, Random.from(circumstances.random()));
    return shuffled;
  }

  /** Takes the best valid worker; of equals one by chance. Null where none is valid. */
  private Selection.Chosen select(Scope scope) {
    Worker best = null;
    int bestPlace = 0;
    double bestCost = 0;
    int equals = 0;
    boolean empty = true;
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      int place = scope.members().place(worker, i);
      if (place < 0) {
        continue;
      }
      empty = false;
      Validity validity = scope.validityAt(place);
      double cost = scope.needsCost(validity) ? call.costMillis(worker) : 0;
      Invalidity invalidity = validity.check(worker, cost);
      if (invalidity != null) {
        ruledOut.add(invalidity);
        continue;
      }
      int order = best == null ? -1 : compareZones(scope, worker, best);
      if (order == 0) {
        order =
            switch (scope.strategy()) {
              case BEST_FIRST -> Integer.compare(place, bestPlace);
              case RANDOM -> 0;
              case PLATFORM -> DefaultPolicy.BY_MEMORY.compare(worker, best, call);
              case MIN_LATENCY -> Double.compare(cost, bestCost);
            };
      }
      // Each of n equals is taken with a chance of 1/n (reservoir sampling of one).
      equals = order < 0 ? 1 : order == 0 ? equals + 1 : equals;
      if (order < 0 || (order == 0 && circumstances.random().nextInt(equals) == 0)) {
        best = worker;
        bestPlace = place;
        bestCost = cost;
      }
    }
    if (best == null && isAnyMissing(scope)) {
      ruledOut.add(Invalidity.NOT_THERE);
    } else if (empty) {
      ruledOut.add(Invalidity.EMPTY_SET);
    }
    if (circumstances.explanation().wanted()) {
      explain(scope, best);
    }
    return best == null ? null : new Selection.Chosen(best, admission(scope.validityAt(bestPlace)));
  }

  /** Whether a worker that is named is not among those that take calls. */
  private boolean isAnyMissing(Scope scope) {
    if (scope.named().isEmpty()) {
      return false;
    }
    BitSet there = new BitSet();
    for (Worker worker : workers) {
      int place = scope.members().place(worker, 0);
      if (place >= 0) {
        there.set(place);
      }
    }
    return there.cardinality() < scope.named().size();
  }

  private int compareZones(Scope scope, Worker a, Worker b) {
    if (!scope.ownZoneFirst()) {
      return 0;
    }
    String own = circumstances.core().zone();
    return Boolean.compare(b.zone().equals(own), a.zone().equals(own));
  }

  private static Admission admission(Validity validity) {
    int maxCalls = validity.invalidate().maxConcurrentInvocations();
    List<String> absentTags = validity.affinity().antiaffinity();
    return maxCalls == Integer.MAX_VALUE && absentTags.isEmpty()
        ? Admission.OPEN
        : new Admission(maxCalls, absentTags);
  }

  private void explainClosed(Tag tag, Block block, String controller) {
    ruledOut.add(Invalidity.OTHER_CONTROLLER);
    if (!circumstances.explanation().wanted()) {
      return;
    }
    Place place = new Place(tag.name(), block.number(), block.line());
    String reason =
        "the block is for the core '%s', topology_tolerance is %s"
            .formatted(controller, block.topologyTolerance().name().toLowerCase(Locale.ROOT));
    for (Worker worker : workers) {
      circumstances.explanation().add(worker.name(), Outcome.RULED_OUT, reason, place);
    }
  }

  /** Tells of every worker that the scope is about what became of it. */
  private void explain(Scope scope, Worker chosen) {
    Explanation explanation = circumstances.explanation();
    Set<String> there = new HashSet<>();
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      int place = scope.members().place(worker, i);
      if (place < 0) {
        continue;
      }
      there.add(worker.name());
      Validity validity = scope.validityAt(place);
      double cost = call.costMillis(worker);
      Invalidity invalidity = validity.check(worker, cost);
      if (invalidity == null) {
        explanation.add(
            worker.name(),
            worker == chosen ? Outcome.CHOSEN : Outcome.PASSED_OVER,
            figure(scope, worker, place, cost),
            scope.at(0));
      } else {
        explanation.add(
            worker.name(),
            Outcome.RULED_OUT,
            validity.reason(invalidity, worker, cost),
            scope.at(validity.line(invalidity)));
      }
    }
    for (NamedItem item : scope.named()) {
      if (!there.contains(item.name())) {
        explanation.add(
            item.name(),
            Outcome.RULED_OUT,
            "is not there, or takes no calls now",
            scope.at(item.line()));
      }
    }
  }

  private String figure(Scope scope, Worker worker, int place, double cost) {
    String figure =
        switch (scope.strategy()) {
          case BEST_FIRST -> "best-first: number " + (place + 1);
          case RANDOM -> "random";
          case PLATFORM -> "platform: " + DefaultPolicy.BY_MEMORY.figure(worker, call);
          case MIN_LATENCY -> "min_latency: " + Validity.number(cost) + " ms";
        };
    boolean inOwnZone = scope.ownZoneFirst() && worker.zone().equals(circumstances.core().zone());
    return inOwnZone ? figure + "; in the core's own zone" : figure;
  }
}
