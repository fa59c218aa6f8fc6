package dev.funless.launcher;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A node as a child process: starts it, knows whether it runs, keeps its log and pid file. Used by
 * the launching thread alone.
 */
final class ManagedProcess {

  private static final int SIGNALLED = 128;

  private final NodeSpec spec;
  private final DataFolder data;
  private final ProcessBuilder builder;

  /** Null until the first start. */
  private Process process;

  ManagedProcess(NodeSpec spec, DataFolder data, Layout layout, Map<String, String> inherited) {
    this.spec = spec;
    this.data = data;
    this.builder =
        new ProcessBuilder(spec.command())
            .directory(layout.root().toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log(spec.name()).toFile()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(inherited);
    environment.remove(Timing.READY_VARIABLE);
    environment.putAll(spec.environment());
  }

  NodeSpec spec() {
    return spec;
  }

  String name() {
    return spec.name();
  }

  /** Starts it, again if it has ended; its log goes on. */
  void start() throws IOException {
    if (running()) {
      throw new IllegalStateException(name() + " runs");
    }
    process = builder.start();
    data.writePid(name(), process.pid());
  }

  boolean started() {
    return process != null;
  }

  boolean running() {
    return process != null && process.isAlive();
  }

  /** The process as others see it; empty where it has ended. */
  Optional<OsProcess> os() {
    return running() ? OsProcess.find(process.pid()) : Optional.empty();
  }

  /** How it ended, for people: its exit code, or the signal that ended it. */
  String exit() {
    int code = process.exitValue();
    return code > SIGNALLED
        ? "was ended by signal " + (code - SIGNALLED)
        : "exited with code " + code;
  }

  NodeLog log() {
    return new NodeLog(data.log(name()));
  }

  void deletePid() throws IOException {
    data.deletePid(name());
  }
}
