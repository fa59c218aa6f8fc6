package dev.funless.core.schedule;

import dev.funless.core.Specs;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.AppScript.Affinity;
import dev.funless.core.schedule.app.AppScript.Block;
import dev.funless.core.schedule.app.AppScript.Followup;
import dev.funless.core.schedule.app.AppScript.Invalidate;
import dev.funless.core.schedule.app.AppScript.NamedItem;
import dev.funless.core.schedule.app.AppScript.SetItem;
import dev.funless.core.schedule.app.AppScript.Strategy;
import dev.funless.core.schedule.app.AppScript.Tag;
import dev.funless.core.schedule.app.AppScript.TopologyTolerance;
import dev.funless.core.schedule.app.AppScript.Workers;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.function.FunctionSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A script, workers and a call: so few names and so small numbers that they meet. The function has
 * two services A and B and costs {@code A + items*B}.
 *
 * @param items an argument of the call
 * @param coreZone the zone of the core that decides, which is named {@link #CORE}
 */
record ScriptCase(
    AppScript script,
    List<FixedWorker> workers,
    String functionTag,
    long capacityBytes,
    int items,
    String coreZone) {

  static final String CORE = "c1";
  static final long TOTAL_BYTES = 1_000;
  static final String A = "http://a";
  static final String B = "http://b";

  /** Zones of the other cores that are there. */
  static final Map<String, String> ZONES = Map.of("c2", "south", "c3", "west");

  private static final List<String> CORES = List.of(CORE, CORE, "c2", "c3", "gone");
  private static final List<String> CORE_ZONES = List.of("north", "south", "");
  private static final List<String> TAGS = List.of("f", "g", AppScript.DEFAULT_TAG);
  private static final List<String> RUNNING = List.of("cache", "heavy", "slow");

  ScriptCase with(AppScript other) {
    return new ScriptCase(other, workers, functionTag, capacityBytes, items, coreZone);
  }

  Selection decidedBy(AppPolicy policy, Random random) {
    FunctionSpec bare = Specs.of(Specs.ID, functionTag, capacityBytes, 10_000, false);
    FunctionSpec function =
        new FunctionSpec(
            bare.id(),
            bare.sha256(),
            bare.codeBytes(),
            bare.initialMemoryBytes(),
            bare.tag(),
            bare.capacityBytes(),
            bare.limits(),
            bare.allowedHosts(),
            bare.env(),
            bare.idempotent(),
            List.of(A, B));
    Circumstances.Core core =
        new Circumstances.Core(
            CORE, coreZone, name -> Optional.ofNullable(ZONES.get(name)), _ -> Optional.of(script));
    byte[] args = "{\"items\":%d}".formatted(items).getBytes(StandardCharsets.UTF_8);
    return policy.select(
        new AppConfig("s"),
        List.copyOf(workers),
        new Call(function, CostExpression.parse("A + items*B", 2), args),
        new Circumstances(core, 0, random, Advice.NOT_ASKED, Explanation.UNWANTED));
  }

  static ScriptCase of(Random random) {
    return new Maker(random).make();
  }

  private record Maker(Random random) {

    ScriptCase make() {
      List<FixedWorker> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        if (random.nextInt(3) > 0 || (i == 7 && workers.isEmpty())) {
          workers.add(worker("w" + i));
        }
      }
      return new ScriptCase(
          script(),
          workers,
          oneOf(List.of("f", "f", "g", "other", AppScript.DEFAULT_TAG)),
          100L * random.nextInt(4),
          random.nextInt(3),
          oneOf(CORE_ZONES));
    }

    private FixedWorker worker(String name) {
      FixedWorker worker =
          random.nextInt(8) == 0
              ? FixedWorker.unreported(name)
              : FixedWorker.named(name)
                  .withMemory(TOTAL_BYTES, 100L * random.nextInt(11))
                  .withPlaces(1 + random.nextInt(3))
                  .withOthers(random.nextInt(2));
      worker.withSent(random.nextInt(3)).tagged(oneOf(List.of("x", "y", "")));
      worker.in(oneOf(List.of("north", "south", "west", "")));
      some(RUNNING, 4).forEach(worker::running);
      for (String service : List.of(A, B)) {
        if (random.nextInt(5) > 0) {
          worker.near(service, random.nextInt(4));
        }
      }
      return worker;
    }

    private AppScript script() {
      Map<String, Tag> tags = new LinkedHashMap<>();
      for (String name : TAGS) {
        if (random.nextInt(4) > 0 || (tags.isEmpty() && name.equals(AppScript.DEFAULT_TAG))) {
          List<Block> blocks = new ArrayList<>();
          for (int i = random.nextInt(3); i >= 0; i--) {
            blocks.add(block(blocks.size() + 1));
          }
          Strategy strategy = random.nextInt(4) == 0 ? Strategy.RANDOM : Strategy.BEST_FIRST;
          tags.put(name, new Tag(name, 1, blocks, strategy, oneOf(Followup.values())));
        }
      }
      return new AppScript(tags);
    }

    private Block block(int number) {
      Workers workers = workers();
      Strategy strategy =
          workers instanceof Workers.Sets && random.nextBoolean()
              ? Strategy.RANDOM
              : workers instanceof Workers.Sets ? Strategy.BEST_FIRST : oneOf(Strategy.values());
      Optional<String> controller = maybe(3, () -> oneOf(CORES));
      return new Block(
          number,
          1,
          workers,
          strategy,
          maybe(2, this::invalidate).orElse(Invalidate.NEVER),
          maybe(2, this::affinity).orElse(Affinity.NONE),
          controller,
          controller.isEmpty() ? TopologyTolerance.ALL : oneOf(TopologyTolerance.values()));
    }

    private Workers workers() {
      return switch (random.nextInt(3)) {
        case 0 -> new Workers.All();
        case 1 -> {
          List<String> names = new ArrayList<>();
          for (int i = 0; i < 9; i++) {
            names.add("w" + i);
          }
          Collections.shuffle(names, random);
          List<NamedItem> items =
              names.subList(0, 1 + random.nextInt(5)).stream()
                  .map(name -> new NamedItem(name, 1, maybe(3, this::invalidate)))
                  .toList();
          yield named(items);
        }
        default -> {
          List<SetItem> items =
              Stream.generate(
                      () ->
                          new SetItem(
                              oneOf(List.of("x", "y", "none", "")),
                              1,
                              oneOf(Strategy.values()),
                              maybe(3, this::invalidate)))
                  .limit(1 + random.nextInt(3))
                  .toList();
          yield new Workers.Sets(items);
        }
      };
    }

    private Invalidate invalidate() {
      return new Invalidate(
          1,
          maybe(3, () -> 10.0 * (3 + random.nextInt(8))).orElse(Double.POSITIVE_INFINITY),
          maybe(2, () -> random.nextInt(4)).orElse(Integer.MAX_VALUE),
          random.nextInt(4) == 0,
          maybe(4, () -> (double) random.nextInt(8)).orElse(Double.POSITIVE_INFINITY));
    }

    private Affinity affinity() {
      List<String> wanted = some(RUNNING, 3);
      List<String> excluded =
          some(RUNNING, 4).stream().filter(tag -> !wanted.contains(tag)).toList();
      return new Affinity(1, wanted, excluded);
    }

    private <T> List<T> some(List<T> all, int oneIn) {
      return all.stream().filter(_ -> random.nextInt(oneIn) == 0).toList();
    }

    private <T> Optional<T> maybe(int oneIn, Supplier<T> value) {
      return random.nextInt(oneIn) == 0 ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T oneOf(T[] all) {
      return all[random.nextInt(all.length)];
    }

    private <T> T oneOf(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }
  }

  static Workers.Named named(List<NamedItem> items) {
    Map<String, Integer> places = new HashMap<>();
    items.forEach(item -> places.put(item.name(), places.size()));
    return new Workers.Named(items, places);
  }
}
