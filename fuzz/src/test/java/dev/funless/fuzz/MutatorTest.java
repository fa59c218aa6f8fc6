package dev.funless.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Engine;
import dev.funless.engine.InvalidModuleException;
import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.generate.ModuleGenerator;
import dev.funless.fuzz.mutate.Mutator;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class MutatorTest {

  private static final int MUTATIONS = 2000;

  private final byte[] module = ModuleGenerator.generate(new Dice(1)).draft().toBytes(new BitSet());
  private final byte[] other = ModuleGenerator.generate(new Dice(2)).draft().toBytes(new BitSet());

  @Test
  void mutationsChangeModulesAndLeaveManyOfThemValid() {
    int valid = 0;
    int same = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      byte[] mutated = Mutator.mutate(module, other, new Dice(seed));
      if (Arrays.equals(module, mutated)) {
        same++;
      } else if (isValid(mutated)) {
        valid++;
      }
    }
    assertTrue(valid > MUTATIONS / 50, valid + " valid");
    assertTrue(valid < MUTATIONS / 2, valid + " valid");
    assertTrue(same < MUTATIONS / 5, same + " unchanged");
  }

  @Test
  void sameSeedMutatesAlike() {
    for (int seed = 0; seed < 50; seed++) {
      assertArrayEquals(
          Mutator.mutate(module, other, new Dice(seed)),
          Mutator.mutate(module, other, new Dice(seed)));
    }
  }

  @Test
  void bytesThatAreNoModuleAreMutatedToo() {
    byte[] junk = {1, 2, 3};
    assertFalse(Arrays.equals(junk, Mutator.mutate(junk, other, new Dice(1))));
  }

  private static boolean isValid(byte[] module) {
    try {
      Engine.validate(module);
      return true;
    } catch (InvalidModuleException e) {
      return false;
    }
  }
}
