package dev.funless.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A module that is ready to be called, from any thread. A large one is interpreted at first, until
 * it is compiled.
 */
public final class LoadedFunction {

  private final ModuleInfo info;
  private final int startIndex;
  private final int initializeIndex;
  private final int entryIndex;
  private final Conduct conduct = new Conduct();
  private final AtomicBoolean engineFailed = new AtomicBoolean();

  private volatile Form form;
  private volatile long bytes;

  /** The module as it is to be compiled; null once that is done, or was tried. */
  private volatile Uncompiled uncompiled;

  private volatile boolean unloaded;

  /** What {@link Loader} needs to compile later. */
  record Uncompiled(String sha256, CheckedModule module) {}

  /**
   * @param bytes about what it takes, in bytes
   * @param uncompiled null where it is compiled, or never will be
   */
  LoadedFunction(CheckedModule checked, Form form, long bytes, Uncompiled uncompiled) {
    this.info = checked.info();
    this.startIndex = checked.startIndex();
    this.initializeIndex = checked.initializeIndex();
    this.entryIndex = checked.entryIndex();
    this.form = form;
    this.bytes = bytes;
    this.uncompiled = uncompiled;
  }

  public ModuleInfo info() {
    return info;
  }

  /** About what it takes of the JVM's memory, on the heap and beside it, without instances. */
  public long bytes() {
    return bytes;
  }

  /** Whether it waits for {@link Engine#compile}; its calls are interpreted until then. */
  public boolean needsCompiling() {
    return uncompiled != null;
  }

  Uncompiled uncompiled() {
    return uncompiled;
  }

  /** Its instances are made in this form from now on. */
  void become(Form better, long itsBytes) {
    form = better;
    bytes = itsBytes;
    uncompiled = null;
  }

  void staysInterpreted() {
    uncompiled = null;
  }

  Form form() {
    return form;
  }

  /** The indexes of the functions that a call runs, in this order; -1 where there is none. */
  int startIndex() {
    return startIndex;
  }

  int initializeIndex() {
    return initializeIndex;
  }

  int entryIndex() {
    return entryIndex;
  }

  Conduct conduct() {
    return conduct;
  }

  /** True once: a fault of the engine's is worth one report a function, not one a call. */
  boolean firstEngineFailure() {
    return engineFailed.compareAndSet(false, true);
  }

  boolean unloaded() {
    return unloaded;
  }

  void unload() {
    unloaded = true;
  }
}
