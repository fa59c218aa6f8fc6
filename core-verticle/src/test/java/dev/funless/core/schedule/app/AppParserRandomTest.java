package dev.funless.core.schedule.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AppParserRandomTest {

  private static final int CASES = 5_000;
  private static final long SEED = 20_260_101;
  private static final Pattern LINE_BREAK = Pattern.compile("\\R|\\p{Cntrl}");

  private static final List<String> SCRIPTS =
      List.of(
          """
          - image_work:
              - workers: [gpu1, gpu2]
                strategy: best-first
                invalidate:
                  capacity_used: 80%
                  max_concurrent_invocations: 4
                affinity: [cache, "!heavy", !light]
              - workers: "*"
            followup: default
          - default:
              - workers: "*"
                strategy: platform
          """,
          """
          - near:
              - controller: core1
                topology_tolerance: same
                workers:
                  - set: gpu
                    strategy: random
                    invalidate: [overload, {max_latency: 12.5}]
                  - set:
                strategy: best_first
              - workers:
                  - wrk: 'é "1"'
                    invalidate: overload
                  - "b\\u00e9\\n"
            strategy: random
          - default: [{workers: '*', invalidate: {overload: ~}}]
          """,
          """
          [{"a": [{"workers": ["w1", {"wrk": "w2"}], "affinity": [!a,!b,c]}], "followup": "fail"}]
          """);

  /** Characters that mean something in YAML or in scripts. */
  private static final String TELLING = "[]{}:,-?!*&|>'\"%@`#~\\ \t\n\r0.<=\u0000\uFEFF\u2028é😀";

  @Test
  void mutatedScriptsAreTakenOrToldInOneLine() {
    Random random = new Random(SEED);
    int taken = 0;
    for (int i = 0; i < CASES; i++) {
      String script = mutated(SCRIPTS.get(i % SCRIPTS.size()), random);
      if (isTaken(script, i)) {
        taken++;
      }
    }
    assertTrue(taken > CASES / 100 && taken < CASES, "of both kinds, but taken: " + taken);
  }

  private static boolean isTaken(String script, int number) {
    try {
      AppJson.text(AppParser.parse(script));
      return true;
    } catch (InvalidScriptException e) {
      String message = e.getMessage();
      assertTrue(message.startsWith("Line "), () -> message + " for " + number + ": " + script);
      assertTrue(message.endsWith("."), () -> message + " for " + number + ": " + script);
      assertTrue(message.length() < 700, () -> message + " for " + number + ": " + script);
      assertFalse(
          LINE_BREAK.matcher(message).find(), () -> message + " for " + number + ": " + script);
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("case " + number + ": " + script, e);
    }
  }

  private static String mutated(String script, Random random) {
    String mutated = script;
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      mutated =
          switch (random.nextInt(6)) {
            case 0 -> withByteFlipped(mutated, random);
            case 1 -> withCharacterPutIn(mutated, random);
            case 2 -> withPartCut(mutated, random);
            case 3 -> withLineCut(mutated, random);
            case 4 -> withLineTwice(mutated, random);
            default -> withLinesSwapped(mutated, random);
          };
    }
    return mutated;
  }

  private static String withByteFlipped(String script, Random random) {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String withCharacterPutIn(String script, Random random) {
    int at = random.nextInt(script.length() + 1);
    return script.substring(0, at)
        + TELLING.charAt(random.nextInt(TELLING.length()))
        + script.substring(at);
  }

  private static String withPartCut(String script, Random random) {
    int from = random.nextInt(script.length() + 1);
    int to = Math.min(script.length(), from + random.nextInt(12));
    return script.substring(0, from) + script.substring(to);
  }

  private static String withLineCut(String script, Random random) {
    List<String> lines = lines(script);
    lines.remove(random.nextInt(lines.size()));
    return String.join("\n", lines);
  }

  private static String withLineTwice(String script, Random random) {
    List<String> lines = lines(script);
    lines.add(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
    return String.join("\n", lines);
  }

  private static String withLinesSwapped(String script, Random random) {
    List<String> lines = lines(script);
    int one = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    String line = lines.get(one);
    lines.set(one, lines.get(other));
    lines.set(other, line);
    return String.join("\n", lines);
  }

  private static List<String> lines(String script) {
    return new ArrayList<>(List.of(script.split("\n", -1)));
  }
}
