package dev.funless.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.fuzz.mutate.Corpus;
import dev.funless.fuzz.reference.LibraryReference;
import dev.funless.fuzz.trial.GeneratedTarget;
import dev.funless.fuzz.trial.HostTarget;
import dev.funless.fuzz.trial.IsolationTarget;
import dev.funless.fuzz.trial.MutatedTarget;
import dev.funless.fuzz.trial.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** As much of {@code scripts/fuzz} as a build has time for: the same modules in every build. */
class BoundedRunTest {

  private static final long SEED = 20_260_101;

  private static final Path ROOT = Path.of(System.getProperty("funless.root"));

  @Test
  void damagedModulesAreRefusedOrRun() throws IOException {
    var corpus =
        Corpus.of(
            List.of(
                ROOT.resolve("examples/functions/wasm"),
                ROOT.resolve("engine/src/test/resources/wasm")));
    Campaign.Report report = run("mutated", new MutatedTarget(corpus, Optional.empty()), 3000);
    long refused = report.labels().getOrDefault("refused", 0L);
    assertTrue(report.executions() - refused > 200, report.labels()::toString);
    assertTrue(report.labels().containsKey("TRAP"), report.labels()::toString);
  }

  @Test
  void callsOfTheHostWithAnythingEndWithAnOutcome() {
    run("host", new HostTarget(), 1000);
  }

  @Test
  void generatedModulesDoWhatTheyDoInTheLibrarysInterpreter() {
    Campaign.Report report =
        run("generated", new GeneratedTarget(List.of(new LibraryReference())), 300);
    assertTrue(report.labels().getOrDefault("answered", 0L) > 100, report.labels()::toString);
  }

  @Test
  void callsDoWhatTheyDoInAnEngineThatRanNothingBefore() {
    Campaign.Report report = run("isolation", new IsolationTarget(), 120);
    assertTrue(report.labels().getOrDefault("answered", 0L) > 20, report.labels()::toString);
  }

  private static Campaign.Report run(String name, Target target, long executions) {
    var bounds = new Campaign.Bounds(executions, Duration.ofMinutes(10), 3, Duration.ofMinutes(2));
    var folder = new FindingFolder(ROOT.resolve("fuzz/target/findings"), name);
    Campaign.Report report = new Campaign(target, bounds, folder::keep).run(SEED);
    assertEquals(List.of(), report.found().stream().map(Campaign.Found::finding).toList());
    assertEquals(executions, report.executions());
    // Where something hangs it would hang here.
    target.close();
    return report;
  }
}
