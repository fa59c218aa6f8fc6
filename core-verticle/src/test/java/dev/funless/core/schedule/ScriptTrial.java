package dev.funless.core.schedule;

import dev.funless.core.Specs;
import dev.funless.core.schedule.Circumstances.Core;
import dev.funless.core.schedule.app.AppParser;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.InvalidScriptException;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.Decision.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decisions by a script named {@code s}, on the core {@code here} of the zone {@code north}, for a
 * function tagged {@code f} that needs one byte; each of it can be changed.
 */
final class ScriptTrial {

  static final String CORE = "here";
  static final String ZONE = "north";

  private final AppScript script;
  private final Map<String, String> zones = new HashMap<>();
  private final Random random = new Random(5);
  private List<Worker> workers = List.of();
  private String coreZone = ZONE;
  private String tag = "f";
  private long capacityBytes = 1;
  private List<String> services = List.of();
  private Optional<String> cost = Optional.empty();
  private String args = "{}";

  private ScriptTrial(AppScript script) {
    this.script = script;
  }

  static ScriptTrial of(String script) {
    try {
      return new ScriptTrial(AppParser.parse(script));
    } catch (InvalidScriptException e) {
      throw new IllegalArgumentException(script, e);
    }
  }

  /** Of a script whose one tag has one block with these keys. */
  static ScriptTrial ofBlock(String... keys) {
    return of("- f:\n" + block(keys));
  }

  /** A block with these keys, to stand in a tag. */
  static String block(String... keys) {
    return "    - " + String.join("\n      ", keys) + "\n";
  }

  ScriptTrial on(Worker... those) {
    workers = Stream.of(those).sorted(Comparator.comparing(Worker::name)).toList();
    return this;
  }

  ScriptTrial tagged(String itsTag) {
    tag = itsTag;
    return this;
  }

  ScriptTrial needing(long bytes) {
    capacityBytes = bytes;
    return this;
  }

  ScriptTrial calling(String... urls) {
    services = List.of(urls);
    return this;
  }

  ScriptTrial costing(String expression) {
    cost = Optional.of(expression);
    return this;
  }

  ScriptTrial withArgs(String json) {
    args = json;
    return this;
  }

  /** Another core is there. */
  ScriptTrial beside(String core, String zone) {
    zones.put(core, zone);
    return this;
  }

  ScriptTrial inZone(String zone) {
    coreZone = zone;
    return this;
  }

  /** The chosen worker's name, or why there is none. */
  String outcome() {
    return switch (select(Explanation.UNWANTED)) {
      case Selection.Chosen(Worker worker, Admission _, _) -> worker.name();
      case Selection.None(String reason) -> reason;
    };
  }

  Admission admission() {
    return ((Selection.Chosen) select(Explanation.UNWANTED)).admission();
  }

  /** How often each outcome comes in so many draws. */
  Map<String, Integer> outcomes(int draws) {
    Map<String, Integer> times = new TreeMap<>();
    for (int i = 0; i < draws; i++) {
      times.merge(outcome(), 1, Integer::sum);
    }
    return times;
  }

  List<Verdict> explained() {
    Explanation explanation = Explanation.asked();
    select(explanation);
    return explanation.verdicts();
  }

  private Selection select(Explanation explanation) {
    FunctionSpec bare = Specs.of(Specs.ID, tag, capacityBytes, 10_000, false);
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
            services);
    CostExpression expression =
        cost.map(text -> CostExpression.parse(text, services.size()))
            .orElseGet(() -> CostExpression.sum(services.size()));
    Core core =
        new Core(
            CORE,
            coreZone,
            name -> Optional.ofNullable(zones.get(name)),
            name -> name.equals("s") ? Optional.of(script) : Optional.empty());
    return new AppPolicy()
        .select(
            new AppConfig("s"),
            workers,
            new Call(function, expression, args.getBytes(StandardCharsets.UTF_8)),
            new Circumstances(core, 0, random, Advice.NOT_ASKED, explanation));
  }
}
