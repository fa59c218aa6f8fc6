package dev.funless.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaggedPolicyTest {

  private final TaggedPolicy policy = new TaggedPolicy();
  private final TaggedConfig config = new TaggedConfig("gpu", Optional.empty());

  @Test
  void takesOnlyWorkersOfTheTag() {
    Worker large = FixedWorker.named("large").tagged("cpu");
    Worker small = FixedWorker.named("small").tagged("gpu");

    assertEquals(new Selection.Chosen(small), select(large, small));
  }

  @Test
  void saysThatNoWorkerOfTheTagCanTakeTheCall() {
    Worker other = FixedWorker.named("other").tagged("cpu");

    assertEquals(new Selection.None("No worker tagged 'gpu' can take the call."), select(other));
  }

  private Selection select(Worker... workers) {
    return policy.select(config, List.of(workers), Situations.needing(1), Situations.chance(1));
  }
}
