package dev.funless.shared.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.server.tcp.TcpServerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a member that is frozen from tearing the cluster apart.
 *
 * <p>The kernel still accepts connections for a frozen process, which then never says its protocol.
 * Hazelcast 5.5 to 5.7 meanwhile calls what it has to write to such a connection again and again,
 * without a pause (its issue 26473): the thread burns a processor and writes nothing to all other
 * members that it serves, so that these take this one for dead too. What it should do is to say
 * that it is blocked: it is woken up once the protocol is known, which it arranges for itself.
 *
 * <p>So its class is defined here, before anything else needs it, with that one answer changed.
 */
final class SilentPeers {

  private static final Logger log = LoggerFactory.getLogger(SilentPeers.class);

  private static final String ENCODER = "UnifiedProtocolEncoder";
  private static final ClassDesc STATUS = HandlerStatus.class.describeConstable().orElseThrow();

  private static boolean isDone;

  private SilentPeers() {}

  /** To be called before the first cluster is joined. Idempotent, thread-safe. */
  static synchronized void doNotSpin() {
    if (isDone) {
      return;
    }
    isDone = true;
    Class<?> neighbour = TcpServerConnection.class;
    try (InputStream original = neighbour.getResourceAsStream(ENCODER + ".class")) {
      MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup())
          .defineClass(mended(original.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalAccessException | LinkageError | IllegalArgumentException e) {
      log.warn("A frozen member can disturb the others: Hazelcast is not as expected: {}", e, e);
    }
  }

  /**
   * @throws IllegalArgumentException where it is not the class that this was made for
   */
  private static byte[] mended(byte[] original) {
    // Other classes must be looked up without loading them, which would load this one.
    ClassFile classes =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(SilentPeers.class.getClassLoader())));
    ClassModel encoder = classes.parse(original);
    ClassDesc self = encoder.thisClass().asSymbol();
    AtomicInteger answers = new AtomicInteger();
    CodeTransform answer =
        (code, element) -> {
          if (element instanceof FieldInstruction field
              && field.opcode() == Opcode.GETSTATIC
              && field.owner().asSymbol().equals(STATUS)
              && field.name().equalsString("CLEAN")) {
            answers.incrementAndGet();
            code.aload(0)
                .getfield(self, "encoderCanReplace", ConstantDescs.CD_boolean)
                .ifThenElse(
                    known -> known.getstatic(STATUS, "CLEAN", STATUS),
                    unknown -> unknown.getstatic(STATUS, "BLOCKED", STATUS));
          } else {
            code.with(element);
          }
        };
    byte[] mended =
        classes.transformClass(
            encoder,
            ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("onWrite"), answer));
    if (answers.get() == 0) {
      throw new IllegalArgumentException("no answer to change in " + ENCODER);
    }
    return mended;
  }
}
