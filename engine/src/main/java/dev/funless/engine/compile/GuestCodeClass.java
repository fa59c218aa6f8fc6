package dev.funless.engine.compile;

import com.dylibso.chicory.compiler.internal.Shaded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * The library's class of helpers with {@link GuestCode}'s methods in place of those of the same
 * names, under the library's name: the compiler copies it into each module's classes.
 */
final class GuestCodeClass {

  static final String POLL = "checkInterruption";

  private static final String LIBRARY_NAME = Type.getInternalName(Shaded.class);

  private static final Handle POLL_BOOTSTRAP =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          Type.getInternalName(GuestClasses.class),
          "poll",
          MethodType.methodType(
                  CallSite.class, MethodHandles.Lookup.class, String.class, MethodType.class)
              .descriptorString(),
          false);

  /**
   * How the names begin of what is for instructions that are refused when a module is checked:
   * atomics, exceptions, garbage-collected types. A copy of the class in every module is dear.
   */
  private static final List<String> UNUSED =
      List.of(
          "<",
          "memoryAtomic",
          "struct",
          "array",
          "castTest",
          "refTest",
          "refEq",
          "refAsNonNull",
          "refI31",
          "i31",
          "heapTypeMatch",
          "exceptionMatches",
          "createWasmException",
          "elementValueToRef",
          "computeElementValue",
          "readFromData");

  private static final byte[] BYTES = merged();

  private GuestCodeClass() {}

  /** Not to be changed. */
  static byte[] bytes() {
    return BYTES;
  }

  static byte[] bytesOf(Class<?> type) {
    return bytesOf(type, type.getSimpleName());
  }

  /** The class file of the given name beside a class. */
  static byte[] bytesOf(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name + ".class")) {
      if (in == null) {
        throw new IOException("no class file of " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] merged() {
    var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    Set<String> replaced = new HashSet<>();
    var toLibraryName =
        new ClassRemapper(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                replaced.add(name + type);
                return super.visitMethod(access, name, type, signature, exceptions);
              }
            },
            new SimpleRemapper(Opcodes.ASM9, Type.getInternalName(GuestCode.class), LIBRARY_NAME));
    new ClassReader(bytesOf(GuestCode.class)).accept(toLibraryName, 0);
    poll(writer);
    replaced.add(POLL + "()V");
    new ClassReader(bytesOf(Shaded.class)).accept(new MethodsBut(replaced, writer), 0);
    return writer.toByteArray();
  }

  /**
   * A call site that the JIT takes for constant, so that a poll costs nothing until it is armed.
   */
  private static void poll(ClassWriter writer) {
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, POLL, "()V", null, null);
    method.visitCode();
    method.visitInvokeDynamicInsn("poll", "()V", POLL_BOOTSTRAP);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /** Adds the methods of a class that are not replaced. The replaced ones need no fields. */
  private static final class MethodsBut extends ClassVisitor {

    private final Set<String> replaced;

    MethodsBut(Set<String> replaced, ClassWriter writer) {
      super(Opcodes.ASM9, writer);
      this.replaced = replaced;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {}

    @Override
    public FieldVisitor visitField(
        int access, String name, String type, String signature, Object value) {
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String type, String signature, String[] exceptions) {
      boolean left = replaced.contains(name + type) || UNUSED.stream().anyMatch(name::startsWith);
      return left ? null : super.visitMethod(access, name, type, signature, exceptions);
    }
  }
}
