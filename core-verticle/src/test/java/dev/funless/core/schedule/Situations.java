package dev.funless.core.schedule;

import dev.funless.core.Specs;
import dev.funless.core.schedule.Circumstances.Core;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.shared.function.FunctionSpec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;

/** Calls and circumstances for tests of policies. */
final class Situations {

  static final Core CORE = new Core("core1", "", _ -> Optional.empty(), _ -> Optional.empty());

  private Situations() {}

  static Call needing(long capacityBytes) {
    return of(Specs.needing(capacityBytes), "{}");
  }

  static Call withArgs(String json) {
    return of(Specs.needing(1), json);
  }

  static Call of(FunctionSpec function, String json) {
    return new Call(
        function,
        CostExpression.sum(function.services().size()),
        json.getBytes(StandardCharsets.UTF_8));
  }

  static Circumstances chance(Random random) {
    return new Circumstances(CORE, 0, random, Advice.NOT_ASKED, Explanation.UNWANTED);
  }

  static Circumstances chance(long seed) {
    return chance(new Random(seed));
  }

  static Circumstances turn(long turn) {
    return new Circumstances(CORE, turn, new Random(1), Advice.NOT_ASKED, Explanation.UNWANTED);
  }
}
