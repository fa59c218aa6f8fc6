package dev.funless.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a benchmark under JMH, in a JVM with a node's options. */
public final class Jmh {

  private static final int WARM_UPS = 4;
  private static final int ITERATIONS = 4;
  private static final int TAIL_LINES = 12;
  private static final Pattern THROWN = Pattern.compile("^[\\w.$]+(Exception|Error)\\b");

  private final Path jvmOptions;
  private final Path folder;
  private final Duration measured;

  /**
   * @param jvmOptions the file with the node's options
   * @param folder where logs go
   * @param measured how long one iteration lasts
   */
  public Jmh(Path jvmOptions, Path folder, Duration measured) {
    this.jvmOptions = jvmOptions;
    this.folder = folder;
    this.measured = measured;
    // The lock keeps other users of JMH away from the machine; it would fail instead of wait.
    System.setProperty("jmh.ignoreLock", "true");
  }

  /** What one iteration came to, the score and what profilers add. */
  public record Iteration(double score, Map<String, Double> more) {

    public double get(String name) {
      return more.get(name);
    }
  }

  /**
   * One JVM: warm-up, then the iterations that are measured.
   *
   * @param profilers add their figures to the score
   */
  public List<Iteration> run(
      Class<?> benchmark, Map<String, String> parameters, List<Class<? extends Profiler>> profilers)
      throws IOException {
    Path log = Files.createTempFile(folder, "jmh-", ".log");
    TimeValue seconds = TimeValue.milliseconds(measured.toMillis());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
            .forks(1)
            .jvmArgs("@" + jvmOptions)
            .warmupIterations(WARM_UPS)
            .warmupTime(seconds)
            .measurementIterations(ITERATIONS)
            .measurementTime(seconds)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(log.toString());
    parameters.forEach(options::param);
    profilers.forEach(options::addProfiler);
    Thread hook = new Thread(Jmh::endForks, "end-forks");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return iterations(new Runner(options.build()).run());
    } catch (RunnerException e) {
      throw new IOException("JMH: " + tail(log), e);
    } finally {
      remove(hook);
    }
  }

  /** JMH leaves its other JVM to itself when this one is told to end. */
  private static void endForks() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending: the hook runs.
    }
  }

  private static List<Iteration> iterations(Collection<RunResult> results) {
    List<Iteration> iterations = new ArrayList<>();
    for (RunResult result : results) {
      for (var fork : result.getBenchmarkResults()) {
        fork.getIterationResults().forEach(each -> iterations.add(iteration(each)));
      }
    }
    return iterations;
  }

  private static Iteration iteration(IterationResult result) {
    Map<String, Double> more = new HashMap<>();
    result.getSecondaryResults().forEach((name, each) -> more.put(name, each.getScore()));
    return new Iteration(result.getPrimaryResult().getScore(), more);
  }

  /** What was thrown in the other JVM, or the last that it said. */
  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readString(log).lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> THROWN.matcher(line).find())
        .findFirst()
        .orElseGet(
            () ->
                String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())));
  }
}
