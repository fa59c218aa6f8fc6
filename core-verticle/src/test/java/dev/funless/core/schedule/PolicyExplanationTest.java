package dev.funless.core.schedule;

import static dev.funless.core.schedule.FixedWorker.MIB;
import static dev.funless.core.schedule.FixedWorker.named;
import static dev.funless.core.schedule.FixedWorker.unreported;
import static dev.funless.shared.protocol.message.Decision.Outcome.CHOSEN;
import static dev.funless.shared.protocol.message.Decision.Outcome.PASSED_OVER;
import static dev.funless.shared.protocol.message.Decision.Outcome.RULED_OUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.core.Specs;
import dev.funless.shared.protocol.message.Decision.Outcome;
import dev.funless.shared.protocol.message.Decision.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the policies without scripts tell of each worker. */
class PolicyExplanationTest {

  private static final String SHORTAGE =
      "1023 KiB of memory are available, the function needs 1024 KiB";

  private static final Pattern SCORE = Pattern.compile("score (-?[0-9]+) for the key k1");

  private final FixedWorker full = named("full").withMemory(MIB - 1);

  private static Verdict verdict(String worker, Outcome outcome, String reason) {
    return new Verdict(worker, outcome, reason, Optional.empty());
  }

  private static List<Verdict> verdicts(PolicyConfig config, Worker... workers) {
    Explanation explanation = Explanation.asked();
    Policies.builtIn()
        .select(
            config,
            List.of(workers),
            Situations.of(Specs.needing(MIB), "{\"key\":\"k1\"}"),
            new Circumstances(Situations.CORE, 7, new Random(1), Advice.NOT_ASKED, explanation));
    return explanation.verdicts();
  }

  @Test
  void theDefaultTellsMemory() {
    assertEquals(
        List.of(
            verdict("a", PASSED_OVER, "300 MiB of memory available, 2 calls sent"),
            verdict("b", CHOSEN, "500 MiB of memory available, 0 calls sent"),
            verdict("full", RULED_OUT, SHORTAGE),
            verdict("x", PASSED_OVER, "has not reported yet, 1 calls sent")),
        verdicts(
            Policies.DEFAULT,
            named("a").withMemory(300 * MIB).withSent(2),
            named("b").withMemory(500 * MIB),
            full,
            unreported("x").withSent(1)));
  }

  @Test
  void leastLoadedTellsCallsAndPlaces() {
    assertEquals(
        List.of(
            verdict("a", PASSED_OVER, "3 calls on 2 places"),
            verdict("b", CHOSEN, "5 calls on 8 places"),
            verdict("full", RULED_OUT, SHORTAGE),
            verdict("x", PASSED_OVER, "1 calls on 1 places")),
        verdicts(
            new LeastLoadedConfig(),
            named("a").withSent(3),
            named("b").withPlaces(8).withSent(2).withOthers(3),
            full,
            unreported("x").withSent(1)));
  }

  @Test
  void powerOfTwoTellsWhichTwoWereDrawn() {
    assertEquals(
        List.of(
            verdict("a", PASSED_OVER, "drawn; 1 calls on 2 places"),
            verdict("b", CHOSEN, "drawn; 0 calls on 2 places"),
            verdict("full", RULED_OUT, SHORTAGE)),
        verdicts(new PowerOfTwoConfig(), named("a").withSent(1), named("b"), full));

    List<Verdict> ofThree = verdicts(new PowerOfTwoConfig(), named("a"), named("b"), named("c"));
    assertEquals(
        List.of(
            "drawn; 0 calls on 2 places", "drawn; 0 calls on 2 places", "not one of the two drawn"),
        ofThree.stream().map(Verdict::reason).sorted().toList());
    assertEquals(1, ofThree.stream().filter(each -> each.outcome() == CHOSEN).count());
  }

  @Test
  void roundRobinTellsTheTurn() {
    assertEquals(
        List.of(
            verdict("a", PASSED_OVER, "number 1 of 3 in turn 7"),
            verdict("b", CHOSEN, "number 2 of 3 in turn 7"),
            verdict("full", RULED_OUT, SHORTAGE),
            verdict("x", PASSED_OVER, "number 3 of 3 in turn 7")),
        verdicts(new RoundRobinConfig(), named("a"), named("b"), full, unreported("x")));
  }

  @Test
  void warmFirstTellsHowWarm() {
    assertEquals(
        List.of(
            verdict("a", PASSED_OVER, "the code is not loaded; 0 calls on 2 places"),
            verdict("b", CHOSEN, "an instance waits; 1 calls on 2 places"),
            verdict("c", PASSED_OVER, "the code is loaded; 0 calls on 2 places"),
            verdict("full", RULED_OUT, SHORTAGE)),
        verdicts(
            new WarmFirstConfig(),
            named("a"),
            named("b").loaded(Specs.SHA256, 1).withSent(1),
            named("c").loaded(Specs.SHA256, 0),
            full));
  }

  @Test
  void hashTellsScoresOfWhichTheHighestIsChosen() {
    List<Verdict> verdicts =
        verdicts(new HashConfig("key"), named("a"), named("b"), full, named("g"));

    assertEquals(verdict("full", RULED_OUT, SHORTAGE), verdicts.get(2));
    List<Verdict> scored = List.of(verdicts.get(0), verdicts.get(1), verdicts.get(3));
    long best = scored.stream().mapToLong(PolicyExplanationTest::score).max().orElseThrow();
    for (Verdict each : scored) {
      assertEquals(score(each) == best ? CHOSEN : PASSED_OVER, each.outcome());
    }
    assertEquals(3, scored.stream().map(PolicyExplanationTest::score).distinct().count());
  }

  private static long score(Verdict verdict) {
    Matcher matcher = SCORE.matcher(verdict.reason());
    assertTrue(matcher.matches(), verdict::reason);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void whereNobodyFitsAllAreRuledOut() {
    for (PolicyConfig config :
        new PolicyConfig[] {
          Policies.DEFAULT,
          new LeastLoadedConfig(),
          new PowerOfTwoConfig(),
          new RoundRobinConfig(),
          new WarmFirstConfig(),
          new HashConfig("key")
        }) {
      assertEquals(List.of(verdict("full", RULED_OUT, SHORTAGE)), verdicts(config, full));
    }
  }
}
