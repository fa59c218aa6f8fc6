package dev.funless.fuzz.trial;

import dev.funless.engine.CallLimits;
import dev.funless.engine.EngineConfig;
import dev.funless.engine.OutboundHttp;
import dev.funless.engine.Outcome;
import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.generate.HostCallGenerator;
import dev.funless.fuzz.reference.HostInterface;
import dev.funless.fuzz.wasm.ModuleDraft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Modules that call the host with random pointers, lengths and orders. */
public final class HostTarget implements Target {

  private static final Duration TIMEOUT = Duration.ofMillis(100);
  private static final int CALLS = 3;

  private static final List<HostCallGenerator.Import> IMPORTS =
      HostInterface.ALL.stream()
          .map(each -> new HostCallGenerator.Import(each.module(), each.name(), each.signature()))
          .toList();

  private final Subject subject =
      new Subject(new EngineConfig(1, 1, CALLS, 128L * Subject.PAGE, 512 << 10));

  @Override
  public Made make(long seed, BitSet dropped) {
    ModuleDraft draft = HostCallGenerator.generate(new Dice(seed), IMPORTS);
    return new Made(seed, draft.toBytes(dropped), draft.parts(), "calls of the host", false);
  }

  @Override
  public Trial run(Made made) {
    try {
      var dice = new Dice(~made.seed());
      Subject.Loaded loaded = subject.loadValid(made.module());
      var started = new ArrayList<Subject.Started>();
      for (int i = 0; i < CALLS; i++) {
        var limits =
            new CallLimits(
                dice.between(2, 8) * (long) Subject.PAGE,
                dice.pick(List.of(0, 1, 100, 70_000)),
                dice.pick(List.of(0, 1, 100, 70_000)),
                dice.pick(List.of(0, 1, 2000)),
                dice.below(4));
        byte[] input = dice.bytes(dice.pick(List.of(0, 1, 100, 70_000)));
        started.add(subject.start(loaded.function(), input, TIMEOUT, limits, http(dice.next())));
      }
      String label = "";
      for (Subject.Started each : started) {
        Outcome outcome = subject.await(each, TIMEOUT);
        label = Subject.label(loaded, outcome);
      }
      subject.checkEmpty();
      return Trial.fine(label);
    } catch (Unwanted unwanted) {
      return unwanted.trial();
    }
  }

  /** Answers of any size, failures, and a wait that only a deadline ends. */
  private static OutboundHttp http(long seed) {
    var dice = new Dice(seed);
    return request -> {
      switch (dice.below(8)) {
        case 0, 1 -> throw new IOException("refused");
        case 2 -> {
          Thread.sleep(Duration.ofSeconds(30));
          throw new IOException("not stopped");
        }
        default -> {
          int most = request.maxAnswerBytes();
          int size = Math.clamp(dice.pick(List.of(0L, 1L, (long) most, most + 1L)), 0, 1 << 20);
          return new OutboundHttp.Answer(dice.integer(), dice.bytes(size));
        }
      }
    };
  }

  @Override
  public void close() {
    subject.close();
  }
}
