package dev.funless.fuzz.trial;

import dev.funless.engine.CallLimits;
import dev.funless.engine.EngineConfig;
import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.generate.Ending;
import dev.funless.fuzz.generate.ModuleGenerator;
import dev.funless.fuzz.reference.Observed;
import dev.funless.fuzz.reference.Reference;
import dev.funless.fuzz.trial.Finding.Kind;
import dev.funless.fuzz.wasm.ModuleDraft;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Generated modules, which must do here what they do in other engines. */
public final class GeneratedTarget implements Target {

  static final CallLimits LIMITS = new CallLimits(64L * Subject.PAGE, 1000, 1 << 20, 0, 0);

  /** Calls end by themselves; one that ends by this is a finding. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Room for as many frames as the fuel of a generated module allows. */
  static final long STACK_BYTES = 64L << 20;

  private static final String EXHAUSTED = "trap call stack exhausted";
  private static final int INPUTS = 2;

  private final List<Reference> references;
  private final Subject subject =
      new Subject(new EngineConfig(1, 0, 4, 512L * Subject.PAGE, STACK_BYTES));

  /**
   * @param references to compare with; closed with this target
   */
  public GeneratedTarget(List<Reference> references) {
    this.references = List.copyOf(references);
  }

  @Override
  public Made make(long seed, BitSet dropped) {
    return generated(seed, dropped);
  }

  static Made generated(long seed, BitSet dropped) {
    ModuleGenerator.Generated generated = ModuleGenerator.generate(new Dice(seed));
    ModuleDraft draft = generated.draft();
    byte[] module = draft.toBytes(dropped);
    if (new Dice(seed).oneIn(4)) {
      module = Padding.toBeInterpreted(module);
    }
    return new Made(seed, module, draft.parts(), "generated", generated.rare());
  }

  /** Random, but for the first byte. */
  static byte[] input(Dice dice, Ending ending) {
    byte[] input = dice.bytes(ModuleGenerator.INPUT_BYTES);
    input[0] = (byte) ending.code();
    return input;
  }

  @Override
  public Trial run(Made made) {
    try {
      return compared(made);
    } catch (Unwanted unwanted) {
      return unwanted.trial();
    }
  }

  private Trial compared(Made made) throws Unwanted {
    Subject.Loaded loaded = subject.loadValid(made.module());
    var dice = new Dice(~made.seed());
    String label = "";
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = input(dice, dice.pick(Ending.COMPARABLE));
      Observed here =
          Seen.of(subject.call(loaded.function(), input, TIMEOUT, LIMITS, Subject.NO_HTTP));
      label = Subject.label(loaded, here.end());
      if (loaded.interpreted() && here.end().equals(EXHAUSTED)) {
        // The engine bounds what interpreted calls keep; a reference goes deeper.
        continue;
      }
      for (Reference reference : references) {
        if (made.rare() && !reference.trustedWithRare()) {
          continue;
        }
        Optional<Observed> there = reference.run(made.module(), input);
        if (there.isEmpty()) {
          continue;
        }
        String difference = coarse(here, reference).difference(there.get());
        if (!difference.isEmpty()) {
          throw new Unwanted(
              Kind.DIFFERS,
              "here / " + reference.name() + ": " + difference + "\n" + here + "\n" + there.get());
        }
      }
    }
    return Trial.fine(label);
  }

  private static Observed coarse(Observed observed, Reference reference) {
    return reference.namesTraps() || !observed.end().startsWith("trap")
        ? observed
        : new Observed("trap", observed.answer(), observed.log());
  }

  @Override
  public void close() {
    subject.close();
    references.forEach(Reference::close);
  }
}
