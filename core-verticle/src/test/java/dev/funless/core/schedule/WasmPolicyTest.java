package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.funless.core.Specs;
import dev.funless.shared.protocol.message.Admission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WasmPolicyTest {

  private static final WasmConfig CONFIG =
      new WasmConfig(Optional.empty(), "picker", Optional.empty());

  private final Worker small = named("small").withMemory(MIB);
  private final Worker large = named("large").withMemory(2 * MIB);

  @Test
  void takesTheWorkerThatIsNamedByItsNameOrId() {
    assertEquals(new Selection.Chosen(small), select(new Advice.Named("small"), 1));
    assertEquals(new Selection.Chosen(small), select(new Advice.Named("id-small"), 1));
  }

  @Test
  void saysWhatTheFunctionSaysWhereItNamesNone() {
    assertEquals(
        new Selection.None("Not on a Sunday."), select(new Advice.Nobody("Not on a Sunday."), 1));
  }

  @Test
  void theDefaultPolicyDecidesWhereItFailsAndSaysSo() {
    assertEquals(
        new Selection.Chosen(
            large, Admission.OPEN, Optional.of("the policy _/picker failed: it trapped")),
        select(new Advice.Failed("it trapped"), 1));
    assertEquals(
        Optional.of(
            "the policy _/picker failed: it named 'gone', which is not there or takes no calls"
                + " now"),
        assertInstanceOf(Selection.Chosen.class, select(new Advice.Named("gone"), 1)).fallback());
    assertEquals(
        new Selection.None(
            "No worker has the 3072 KiB of memory available that the function needs. The default"
                + " policy decided: the policy _/picker failed: it trapped."),
        select(new Advice.Failed("it trapped"), 3 * MIB));
  }

  @Test
  void asksWithAllThatPoliciesSee() throws Exception {
    ObjectNode wanted = new JsonMapper().createObjectNode().put("tag", "gpu");
    WasmConfig config = new WasmConfig(Optional.of("m"), "p", Optional.of(wanted));
    Worker worker =
        named("a \"1\"")
            .tagged("gpu")
            .in("north")
            .withMemory(2 * MIB, MIB)
            .withSent(1)
            .withOthers(2)
            .loaded(Specs.SHA256, 4);

    String question =
        new String(
            PolicyQuestion.of(config, List.of(worker), Situations.needing(65_536)),
            StandardCharsets.UTF_8);

    assertEquals(
        new JsonMapper()
            .readTree(
                """
                {"configuration": {"tag": "gpu"},
                 "workers": [{"name": "a \\"1\\"", "id": "id-a \\"1\\"", "tag": "gpu",
                   "zone": "north", "reported": true, "memory_total_bytes": 2097152,
                   "memory_available_bytes": 1048576, "places": 2, "running": 2, "queued": 1,
                   "sent": 1, "calls": 3, "loaded": true, "idle_instances": 4, "cost_ms": 0.0}],
                 "function": {"module": "_", "name": "f", "tag": "", "capacity_bytes": 65536,
                   "timeout_ms": 10000}}\
                """),
        new JsonMapper().readTree(question));
  }

  private Selection select(Advice advice, long capacityBytes) {
    return new WasmPolicy()
        .select(
            CONFIG,
            List.of(small, large),
            Situations.needing(capacityBytes),
            new Circumstances(Situations.CORE, 0, new Random(1), advice, Explanation.UNWANTED));
  }
}
