package dev.funless.fuzz.trial;

import dev.funless.engine.CallLimits;
import dev.funless.engine.EngineConfig;
import dev.funless.engine.Outcome;
import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.generate.ModuleGenerator;
import dev.funless.fuzz.mutate.Corpus;
import dev.funless.fuzz.mutate.Mutator;
import dev.funless.fuzz.reference.V8Reference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Damaged modules: each is refused with a sentence, or loads and every call of it ends. */
public final class MutatedTarget implements Target {

  private static final Duration TIMEOUT = Duration.ofMillis(60);
  private static final CallLimits LIMITS = new CallLimits(32L * Subject.PAGE, 100_000, 100, 0, 1);
  private static final List<String> INPUTS = List.of("u", "{\"a\": [1, \"b\"]}");

  private final Corpus corpus;
  private final Optional<V8Reference> v8;
  private final Subject subject =
      new Subject(new EngineConfig(1, 1, 10, 128L * Subject.PAGE, 512 << 10));

  /**
   * @param v8 to be asked whether what is loaded here is valid; closed with this target
   */
  public MutatedTarget(Corpus corpus, Optional<V8Reference> v8) {
    this.corpus = corpus;
    this.v8 = v8;
  }

  @Override
  public Made make(long seed, BitSet dropped) {
    var dice = new Dice(seed);
    Corpus.Entry start = start(dice);
    byte[] other = start(dice).bytes();
    int count = dice.oneIn(3) ? dice.between(2, 6) : 1;
    byte[] module = start.bytes();
    for (int i = 0; i < count; i++) {
      // Each has its own chance, so that it is the same with others left out.
      var own = new Dice(dice.next());
      if (!dropped.get(i)) {
        module = Mutator.mutate(module, other, own);
      }
    }
    return new Made(seed, module, count, "mutated from " + start.name(), true);
  }

  private Corpus.Entry start(Dice dice) {
    if (dice.oneIn(3)) {
      long seed = dice.next();
      byte[] module = ModuleGenerator.generate(new Dice(seed)).draft().toBytes(new BitSet());
      return new Corpus.Entry("a generated module, " + seed, module);
    }
    return corpus.pick(dice);
  }

  @Override
  public Trial run(Made made) {
    try {
      if (!(subject.load(made.module()) instanceof Subject.Loaded loaded)) {
        return Trial.fine("refused");
      }
      Optional<String> wrong = v8.flatMap(other -> other.invalid(made.module()));
      String label = "";
      for (String input : INPUTS) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        Outcome outcome = subject.call(loaded.function(), bytes, TIMEOUT, LIMITS, Subject.NO_HTTP);
        label = Subject.label(loaded, outcome);
      }
      return Trial.fine(wrong.map(MutatedTarget::doubted).orElse(label));
    } catch (Unwanted unwanted) {
      return unwanted.trial();
    }
  }

  /** No finding: V8 is stricter in places where that protects nothing here. */
  private static String doubted(String sentence) {
    return "refused by V8:" + sentence.replaceAll("^.*\\(\\):|[#@].*?(?=:|$)|[0-9]+", "");
  }

  @Override
  public void close() {
    subject.close();
    v8.ifPresent(V8Reference::close);
  }
}
