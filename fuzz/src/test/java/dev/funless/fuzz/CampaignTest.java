package dev.funless.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.fuzz.trial.Finding;
import dev.funless.fuzz.trial.Target;
import dev.funless.fuzz.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {

  private static final int PARTS = 40;

  /** Modules of forty bytes, each of which is a part. */
  private record Bytes(Function<Target.Made, Trial> judge) implements Target {

    @Override
    public Made make(long seed, BitSet dropped) {
      var bytes = new byte[PARTS];
      for (int i = 0; i < PARTS; i++) {
        bytes[i] = dropped.get(i) ? -1 : (byte) (seed >> (i & 31));
      }
      return new Made(seed, bytes, PARTS, "forty bytes", false);
    }

    @Override
    public Trial run(Made made) {
      return judge.apply(made);
    }

    @Override
    public void close() {}
  }

  @Test
  void triesTheSameModulesForTheSameSeed() {
    var first = new ArrayList<Long>();
    var second = new ArrayList<Long>();
    campaign(made -> seen(first, made), 50).run(5);
    campaign(made -> seen(second, made), 50).run(5);
    assertEquals(50, first.stream().distinct().count());
    assertEquals(first, second);
  }

  private static Trial seen(List<Long> seeds, Target.Made made) {
    seeds.add(made.seed());
    return Trial.fine("seen");
  }

  @Test
  void findingIsMadeSmallerAndReportedOnce(@TempDir Path folder) throws IOException {
    // Only the parts 7 and 23 matter.
    Function<Target.Made, Trial> judge =
        made ->
            made.module()[7] != -1 && made.module()[23] != -1
                ? Trial.of(new Finding(Finding.Kind.INTERNAL, "broken\ndetails"))
                : Trial.fine("whole");
    var findings = new FindingFolder(folder, "forty");
    var told = new ArrayList<Path>();
    Campaign.Report report =
        new Campaign(new Bytes(judge), bounds(20), found -> told.add(findings.keep(found))).run(3);
    assertEquals(1, report.found().size());
    assertEquals("INTERNAL: broken", report.found().getFirst().finding().firstLine());
    var all = new BitSet();
    all.set(0, PARTS);
    all.clear(7);
    all.clear(23);
    assertEquals(all, report.found().getFirst().dropped());
    String text = Files.readString(told.getFirst().resolve("report.txt"));
    long seed = report.found().getFirst().made().seed();
    assertTrue(
        text.contains("scripts/fuzz forty --case " + seed + " --without 0-6,8-22,24-39"), text);
    assertEquals(PARTS, Files.size(told.getFirst().resolve("module.wasm")));
  }

  @Test
  void hangIsAFinding() {
    var never = new CountDownLatch(1);
    Function<Target.Made, Trial> judge =
        _ -> {
          try {
            return Trial.fine(String.valueOf(never.await(1, TimeUnit.MINUTES)));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Campaign.Report report = campaign(judge, 5).run(1);
    assertEquals(Finding.Kind.HANG, report.found().getFirst().finding().kind());
    assertTrue(report.found().getFirst().finding().detail().contains("CountDownLatch"));
    never.countDown();
  }

  @Test
  void fuzzersOwnFailureIsNoSuccess() {
    Function<Target.Made, Trial> judge =
        _ -> {
          throw new IllegalArgumentException("own");
        };
    assertThrows(IllegalStateException.class, () -> campaign(judge, 5).run(1));
  }

  private static Campaign campaign(Function<Target.Made, Trial> judge, int executions) {
    return new Campaign(new Bytes(judge), bounds(executions), _ -> {});
  }

  private static Campaign.Bounds bounds(int executions) {
    return new Campaign.Bounds(executions, Duration.ofMinutes(1), 5, Duration.ofMillis(500));
  }
}
