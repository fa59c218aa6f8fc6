package dev.funless.fuzz.reference;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Export;
import dev.funless.engine.compile.InterpreterBounds;
import dev.funless.engine.compile.LightModule;
import java.util.Optional;

/**
 * The wasm library as it comes, but for what the engine has to correct: its interpreter, its
 * memory, its tables, and a new instance, parsed anew, for each call.
 */
public final class LibraryReference implements Reference {

  private static final long STACK_BYTES = 256L << 20;

  @Override
  public String name() {
    return "the library's interpreter";
  }

  @Override
  public boolean trustedWithRare() {
    return false;
  }

  @Override
  public boolean namesTraps() {
    return true;
  }

  /** On a thread of its own, as the interpreter takes much more stack than compiled code. */
  @Override
  public Optional<Observed> run(byte[] module, byte[] input) {
    var result = new Observed[1];
    var thread =
        new Thread(
            null,
            () -> {
              try {
                result[0] = interpreted(module, input);
              } catch (Throwable broken) {
                // Its own fault, which is known to happen: in tail calls of a function to itself.
                result[0] = null;
              }
            },
            "reference",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reference ran", e);
    }
    return Optional.ofNullable(result[0]);
  }

  private static Observed interpreted(byte[] bytes, byte[] input) {
    var host = new ReferenceHost(input);
    String end;
    try {
      run(Parser.parse(bytes), host);
      end = "answered";
    } catch (ReferenceHost.Exit exit) {
      end = exit.code() == 0 ? "answered" : "exit " + Integer.toUnsignedString(exit.code());
    } catch (ChicoryException e) {
      end = "trap " + Traps.kind(e.getMessage());
    }
    return new Observed(end, end.equals("answered") ? host.answer() : "", host.log());
  }

  private static void run(WasmModule module, ReferenceHost host) {
    Instance instance =
        Instance.builder(LightModule.interpreted(module))
            .withImportValues(ImportValues.builder().withFunctions(host.functions()).build())
            .withMachineFactory(InterpreterMachine::new)
            .withStart(false)
            .withUnsafeExecutionListener(InterpreterBounds.LISTENER)
            .build();
    dropActiveSegments(module, instance);
    module
        .startSection()
        .ifPresent(start -> instance.getMachine().call((int) start.startIndex(), new long[0]));
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.name().equals("_initialize")) {
        instance.getMachine().call(export.index(), new long[0]);
      }
    }
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      switch (export.name()) {
        case "__invoke" ->
            instance.getMachine().call(export.index(), new long[] {host.inputBytes()});
        case "_start" -> instance.getMachine().call(export.index(), new long[0]);
        default -> {}
      }
    }
  }

  /**
   * Before the module's start function, which is therefore not the library's to call: it forgets to
   * drop them, and lets them be copied from.
   */
  private static void dropActiveSegments(WasmModule module, Instance instance) {
    DataSegment[] segments = module.dataSection().dataSegments();
    for (int i = 0; i < segments.length; i++) {
      if (segments[i] instanceof ActiveDataSegment) {
        instance.memory().drop(i);
      }
    }
  }

  @Override
  public void close() {}
}
