package dev.funless.core.schedule;

import dev.funless.core.input.Texts;
import dev.funless.shared.protocol.message.Decision.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What a wasm function answered that was asked before ({@link PolicyQuestion}). Where it failed, or
 * named a worker that is not there, the default policy decides and says so.
 */
public final class WasmPolicy implements SchedulingPolicy<WasmConfig> {

  @Override
  public Selection select(
      WasmConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    return switch (circumstances.advice()) {
      case Advice.Named(String name) -> named(name, config, workers, call, circumstances);
      case Advice.Nobody(String reason) -> nobody(reason, workers, circumstances.explanation());
      case Advice.Failed(String why) -> byDefault(why, config, workers, call, circumstances);
    };
  }

  private static Selection named(
      String name,
      WasmConfig config,
      List<Worker> workers,
      Call call,
      Circumstances circumstances) {
    Optional<Worker> named =
        workers.stream()
            .filter(worker -> worker.name().equals(name) || worker.id().equals(name))
            .findFirst();
    if (named.isEmpty()) {
      String why =
          "it named '" + Texts.abridged(name) + "', which is not there or takes no calls now";
      return byDefault(why, config, workers, call, circumstances);
    }
    if (circumstances.explanation().wanted()) {
      for (Worker worker : workers) {
        boolean chosen = worker == named.get();
        circumstances
            .explanation()
            .add(
                worker.name(),
                chosen ? Outcome.CHOSEN : Outcome.PASSED_OVER,
                chosen ? "named by " + config.id() : "not named by " + config.id());
      }
    }
    return new Selection.Chosen(named.get());
  }

  private static Selection nobody(String reason, List<Worker> workers, Explanation explanation) {
    if (explanation.wanted()) {
      for (Worker worker : workers) {
        explanation.add(worker.name(), Outcome.RULED_OUT, "the policy named no worker");
      }
    }
    return new Selection.None(reason);
  }

  private static Selection byDefault(
      String why, WasmConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    String fallback = "the policy " + config.id() + " failed: " + why;
    return switch (DefaultPolicy.BY_MEMORY.best(workers, call, circumstances)) {
      case Selection.Chosen chosen ->
          new Selection.Chosen(chosen.worker(), chosen.admission(), Optional.of(fallback));
      case Selection.None none ->
          new Selection.None(none.reason() + " The default policy decided: " + fallback + ".");
    };
  }
}
