package dev.funless.engine.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.OpcodeImpl;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrectionsTest {

  private static final int NUMBERS = 100_000;

  private final Random random = new Random(7);

  @Test
  void unsignedNumbersBecomeTheNearest() {
    for (int i = 0; i < NUMBERS; i++) {
      long number = number();
      float nearest = new BigInteger(Long.toUnsignedString(number)).floatValue();
      assertEquals(nearest, Corrections.convertUnsigned(number), () -> Long.toHexString(number));
    }
  }

  @Test
  void interpreterGetsNumbersThatItConvertsRight() {
    for (int i = 0; i < NUMBERS; i++) {
      long number = number();
      var stack = new MStack();
      stack.push(number);
      Corrections.correctConversion(stack);
      assertEquals(
          Corrections.convertUnsigned(number),
          OpcodeImpl.F32_CONVERT_I64_U(stack.pop()),
          () -> Long.toHexString(number));
    }
  }

  /** Often one that lies in the middle of two that can be told apart, or beside it. */
  private long number() {
    long number = random.nextLong();
    return random.nextBoolean()
        ? number
        : (number & -1L << 40) + (1L << 39) + random.nextInt(3) - 1;
  }
}
