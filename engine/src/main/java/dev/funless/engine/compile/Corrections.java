package dev.funless.engine.compile;

import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.OpcodeImpl;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.types.Instruction;
import java.nio.charset.StandardCharsets;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What version 1.7.5 of the library calculates wrongly, compiled and interpreted. */
public final class Corrections {

  private static final String LIBRARY = Type.getInternalName(OpcodeImpl.class);
  private static final String CONVERSION = "F32_CONVERT_I64_U";

  private Corrections() {}

  /** {@code f32.convert_i64_u}: the nearest number, the even one of two that are as near. */
  public static float convertUnsigned(long number) {
    if (number >= 0) {
      return number;
    }
    // Half of it, with the bit that is lost still telling whether it is more than the middle.
    return 2 * (float) ((number >>> 1) | (number & 1));
  }

  /**
   * Traps where one of two places in tables or segments ends beyond 2^31, as none is so large. The
   * library takes such numbers for negative ones.
   *
   * @param to where the first place begins, without a sign, as the others
   */
  public static void checkPlaces(int to, int from, int size) {
    if ((to | from | size | to + size | from + size) < 0) {
      throw new TrapException("out of bounds table access");
    }
  }

  /** A compiled class that calls the right conversion. */
  static byte[] correct(byte[] classFile) {
    if (!new String(classFile, StandardCharsets.ISO_8859_1).contains(CONVERSION)) {
      return classFile;
    }
    var writer = new ClassWriter(0);
    new ClassReader(classFile).accept(new CallsCorrected(writer), 0);
    return writer.toByteArray();
  }

  /**
   * To be called before the interpreter converts: makes the operand a number that it gets right.
   */
  static void correctConversion(MStack stack) {
    long number = stack.pop();
    if (number >= 0) {
      stack.push(number);
    } else {
      float nearest = convertUnsigned(number);
      stack.push(nearest == 0x1p64f ? -1 : (long) (nearest / 2) << 1);
    }
  }

  /**
   * To be called before the interpreter multiplies two numbers of 32 bits: it keeps all 64 bits of
   * the product, and {@code if} looks at them.
   */
  static void correctProduct(MStack stack) {
    int product = (int) stack.pop() * (int) stack.pop();
    stack.push(product);
    stack.push(1);
  }

  /** To be called before the interpreter fills a table. */
  static void checkFill(MStack stack) {
    long size = stack.pop();
    long value = stack.pop();
    checkPlaces((int) stack.peek(), 0, (int) size);
    stack.push(value);
    stack.push(size);
  }

  /** To be called before the interpreter copies to a table. */
  static void checkCopy(MStack stack) {
    long size = stack.pop();
    long from = stack.pop();
    checkPlaces((int) stack.peek(), (int) from, (int) size);
    stack.push(from);
    stack.push(size);
  }

  /**
   * To be called before the interpreter stores a byte or a half of a long, which wraps addresses.
   */
  static void checkStore(Instruction store, MStack stack) {
    long value = stack.pop();
    if ((int) stack.peek() < 0 || store.operand(1) > Integer.MAX_VALUE) {
      throw new TrapException("out of bounds memory access");
    }
    stack.push(value);
  }

  private static final class CallsCorrected extends ClassVisitor {

    CallsCorrected(ClassWriter writer) {
      super(Opcodes.ASM9, writer);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String type, String signature, String[] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, type, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, method) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String type, boolean isInterface) {
          if (owner.equals(LIBRARY) && name.equals(CONVERSION)) {
            super.visitMethodInsn(
                opcode, Type.getInternalName(Corrections.class), "convertUnsigned", type, false);
          } else {
            super.visitMethodInsn(opcode, owner, name, type, isInterface);
          }
        }
      };
    }
  }
}
