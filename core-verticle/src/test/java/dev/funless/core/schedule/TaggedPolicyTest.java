package dev.funless.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.core.Specs;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaggedPolicyTest {

  private final TaggedPolicy policy = new TaggedPolicy();
  private final TaggedConfig config = new TaggedConfig("gpu", Optional.empty());

  @Test
  void takesOnlyWorkersOfTheTag() {
    WorkerSnapshot large = Snapshots.tagged("large", "cpu", 500 * Snapshots.MIB);
    WorkerSnapshot small = Snapshots.tagged("small", "gpu", 100 * Snapshots.MIB);

    assertEquals(new Selection.Chosen(small), select(large, small));
  }

  @Test
  void saysThatNoWorkerOfTheTagCanTakeTheCall() {
    WorkerSnapshot other = Snapshots.tagged("other", "cpu", 500 * Snapshots.MIB);

    assertEquals(new Selection.None("No worker tagged 'gpu' can take the call."), select(other));
  }

  private Selection select(WorkerSnapshot... workers) {
    return policy.select(config, List.of(workers), Specs.needing(Snapshots.MIB), new Random(1));
  }
}
