package dev.funless.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What {@code scripts/up} runs once the jars are built: a platform on this machine, in the
 * foreground.
 *
 * <p>System properties: {@value #ROOT} is the checkout; with {@value #CHECK_ONLY} the command line
 * is only checked, which the script does from the sources before it builds anything. Only Linux.
 */
public final class Up {

  static final String ROOT = "funless.root";
  static final String CHECK_ONLY = "funless.check-only";

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** Longer than all waits of a stop together. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(100);

  private Up() {}

  public static void main(String[] words) {
    Console console = Console.ofProcess();
    Path root = Path.of(System.getProperty(ROOT, "")).toAbsolutePath().normalize();
    Layout layout = new Layout(root, Path.of(System.getProperty("java.home"), "bin", "java"));
    int code =
        switch (Arguments.parse(List.of(words), Path.of(""), layout.defaultData())) {
          case Arguments.Help _ -> {
            console.answer(Arguments.HELP);
            yield 0;
          }
          case Arguments.Wrong(String message) -> {
            console.say(message);
            console.say(Arguments.USAGE);
            yield WRONG_USAGE;
          }
          case Arguments.Run(Options options) -> run(options, layout, console);
        };
    System.exit(code);
  }

  private static int run(Options options, Layout layout, Console console) {
    Timing timing;
    try {
      timing = Timing.from(System.getenv());
    } catch (IllegalArgumentException e) {
      console.say(e.getMessage());
      return WRONG_USAGE;
    }
    if (Boolean.getBoolean(CHECK_ONLY)) {
      return 0;
    }
    StopSignal stop = new StopSignal(Thread.currentThread());
    Launch launch = new Launch(options, layout, timing, System.getenv(), console, stop);
    SignalHook hook = new SignalHook(stop);
    Runtime.getRuntime().addShutdownHook(hook);
    Launch.Ended ended = Launch.Ended.FAILED;
    try {
      ended = launch.run();
    } finally {
      hook.ended = ended;
      stop.finish();
    }
    return switch (ended) {
      case DONE, STOPPED -> 0;
      // The JVM exits with the signal's own code, because a signal is what cut it short.
      case CUT_SHORT, FAILED -> FAILED;
    };
  }

  /**
   * Runs when the JVM is told to end, by a signal or by {@link System#exit}. Waits for the
   * launching thread, and turns a clean stop into exit code 0; the JVM's own code for a signal is
   * 128 and its number.
   */
  private static final class SignalHook extends Thread {

    private final StopSignal stop;

    /** Written by the launching thread before it finishes, read after that. */
    private Launch.Ended ended = Launch.Ended.FAILED;

    SignalHook(StopSignal stop) {
      super("stop");
      this.stop = stop;
    }

    @Override
    public void run() {
      stop.request();
      try {
        if (stop.awaitFinished(LONGEST_STOP)) {
          switch (ended) {
            case STOPPED -> Runtime.getRuntime().halt(0);
            case FAILED -> Runtime.getRuntime().halt(FAILED);
            case DONE, CUT_SHORT -> {}
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
