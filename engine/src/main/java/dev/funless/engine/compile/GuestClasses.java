package dev.funless.engine.compile;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import dev.funless.engine.cache.CompiledClasses;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The classes of one module, loaded: they go when the module goes. Thread-safe.
 *
 * <p>Compiled code polls at each call and each jump backwards. The poll is a call site of the
 * module's own: until it is armed it does nothing, and the JIT compiles it to nothing; arming it
 * has the JVM throw away what was compiled so, wherever it runs, at the next safepoint. For that,
 * loops must have safepoints: {@code -XX:+UseCountedLoopSafepoints}, as in the worker's options.
 */
public final class GuestClasses extends ClassLoader implements ExecutableCode {

  private static final MethodHandle NOTHING =
      MethodHandles.empty(MethodType.methodType(void.class));

  private static final MethodHandle STOP_IF_INTERRUPTED = stopIfInterrupted();

  /** Until all are loaded. */
  private Map<String, ByteBuffer> classes;

  private final MutableCallSite poll = new MutableCallSite(NOTHING);
  private final MethodHandle machine;

  private GuestClasses(CompiledClasses compiled) throws ReflectiveOperationException {
    super("guest", GuestClasses.class.getClassLoader());
    classes = compiled.classes();
    for (String name : compiled.classes().keySet()) {
      // Checks and links now what a call would otherwise wait for.
      Class.forName(name, true, this);
    }
    classes = Map.of();
    machine =
        MethodHandles.publicLookup()
            .findConstructor(
                findLoadedClass(compiled.mainClass()),
                MethodType.methodType(void.class, Instance.class))
            .asType(MethodType.methodType(Machine.class, Instance.class));
  }

  /** Loads. Throws a LinkageError where the JVM does not accept the classes. */
  public static GuestClasses load(CompiledClasses compiled) {
    try {
      return new GuestClasses(compiled);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a compiled module is not whole", e);
    }
  }

  @Override
  public Machine machine(Instance instance) {
    try {
      return (Machine) machine.invokeExact(instance);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void arm() {
    set(STOP_IF_INTERRUPTED);
  }

  @Override
  public void disarm() {
    set(NOTHING);
  }

  private synchronized void set(MethodHandle target) {
    if (poll.getTarget() != target) {
      poll.setTarget(target);
      MutableCallSite.syncAll(new MutableCallSite[] {poll});
    }
  }

  /** Links the polls of a module's classes. */
  public static CallSite poll(MethodHandles.Lookup caller, String name, MethodType type) {
    return ((GuestClasses) caller.lookupClass().getClassLoader()).poll;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ByteBuffer bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes.duplicate(), null);
  }

  private static MethodHandle stopIfInterrupted() {
    try {
      return MethodHandles.lookup()
          .findStatic(GuestCode.class, "stopIfInterrupted", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
