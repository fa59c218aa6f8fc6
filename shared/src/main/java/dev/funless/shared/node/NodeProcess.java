package dev.funless.shared.node;

import dev.funless.shared.config.ConfigurationException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a node's JVM: start, run until a signal or until the parent is gone, stop cleanly.
 */
public final class NodeProcess {

  private static final Logger log = LoggerFactory.getLogger(NodeProcess.class);

  /** What stops a node. May block, for a bounded time. */
  @FunctionalInterface
  public interface Stop {
    void stop() throws Exception;
  }

  /** What starts a node. */
  @FunctionalInterface
  public interface Start {
    Stop start() throws Exception;
  }

  private NodeProcess() {}

  /**
   * Starts the node. Where that fails, one line on standard error says why and the JVM ends: with 2
   * where the configuration is at fault, with 1 otherwise.
   */
  public static void run(String kind, Start start) {
    AtomicReference<Stop> running = new AtomicReference<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(kind, running.get()), "shutdown"));
    try {
      running.set(start.start());
    } catch (ConfigurationException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (Exception e) {
      log.error("The {} did not start", kind, e);
      System.err.println("The " + kind + " did not start: " + rootSentence(e));
      System.exit(1);
    }
  }

  /** Ends this JVM when the process with that id is gone; 0 stands for none. */
  public static void endWithParent(long parentPid) {
    if (parentPid == 0) {
      return;
    }
    ProcessHandle.of(parentPid)
        .ifPresentOrElse(
            parent -> {
              var _ = parent.onExit().thenRun(NodeProcess::endOrphaned);
            },
            NodeProcess::endOrphaned);
  }

  private static void endOrphaned() {
    log.warn("The process that started this node is gone; the node ends");
    System.exit(1);
  }

  private static void stop(String kind, Stop stop) {
    if (stop == null) {
      return;
    }
    log.info("The {} stops", kind);
    try {
      stop.stop();
      log.info("The {} has stopped", kind);
    } catch (Exception e) {
      log.error("The {} did not stop cleanly", kind, e);
    }
  }

  private static String rootSentence(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String own = e.getMessage() == null ? e.toString() : e.getMessage();
    return cause == e ? own : own + " (" + cause + ")";
  }
}
