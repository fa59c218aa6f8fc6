package dev.funless.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.schedule.ScriptOracle.Option;
import dev.funless.shared.protocol.message.Admission;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A decision never violates its script, and a policy that does is found out. */
class AppPropertyTest {

  private static final int CASES = 10_000;

  private final AppPolicy policy = new AppPolicy();
  private final Random chance = new Random(2);

  @Test
  void aDecisionIsOneThatTheScriptAllows() {
    assertEquals(
        Optional.empty(), violation(given -> given.decidedBy(policy, chance), Set::contains));
  }

  @Test
  void theCasesAreNeitherHopelessNorWithoutAChoice() {
    Random random = new Random(1);
    int none = 0;
    int several = 0;
    for (int i = 0; i < CASES; i++) {
      int options = ScriptOracle.options(ScriptCase.of(random)).size();
      none += options == 0 ? 1 : 0;
      several += options > 1 ? 1 : 0;
    }

    assertTrue(none > CASES / 10 && none < CASES / 2, none + " have no worker");
    assertTrue(several > CASES / 10, several + " have several");
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aPolicyThatTakesAnotherWorkerIsFoundOut(String defect) {
    UnaryOperator<ScriptCase> broken = BrokenScripts.all().get(defect);

    Optional<String> violation =
        violation(
            given -> broken.apply(given).decidedBy(policy, chance), AppPropertyTest::allowsWorker);

    assertTrue(violation.isPresent(), "nobody noticed a policy that " + defect);
  }

  static Stream<String> defects() {
    return BrokenScripts.all().keySet().stream();
  }

  @Test
  void aPolicyThatTellsTheWorkerAnotherAdmissionIsFoundOut() {
    Function<ScriptCase, Selection> open =
        given ->
            switch (given.decidedBy(policy, chance)) {
              case Selection.Chosen(Worker worker, Admission _, _) -> new Selection.Chosen(worker);
              case Selection.None none -> none;
            };

    assertTrue(violation(open, Set::contains).isPresent());
    assertEquals(Optional.empty(), violation(open, AppPropertyTest::allowsWorker));
  }

  private static boolean allowsWorker(Set<Option> options, Option decided) {
    return options.stream()
        .map(Option::worker)
        .collect(Collectors.toSet())
        .contains(decided.worker());
  }

  private interface Allows {
    boolean allows(Set<Option> options, Option decided);
  }

  /** The first case in which the decision is not one that the script allows. */
  private static Optional<String> violation(Function<ScriptCase, Selection> decide, Allows allows) {
    Random random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      ScriptCase given = ScriptCase.of(random);
      String told = given.toString();
      Set<Option> options = ScriptOracle.options(given);
      boolean allowed =
          switch (decide.apply(given)) {
            case Selection.Chosen(Worker worker, Admission admission, _) ->
                allows.allows(options, new Option(worker.name(), admission));
            case Selection.None _ -> options.isEmpty();
          };
      if (!allowed) {
        return Optional.of("case " + i + " allows " + options + ": " + told);
      }
    }
    return Optional.empty();
  }
}
