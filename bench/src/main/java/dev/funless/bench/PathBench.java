package dev.funless.bench;

import dev.funless.bench.FunctionClient.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code scripts/bench path}: what the path through core, bus and worker costs, as the ratio of the
 * rate of invocations to that of a bare vertx-web hello on the same machine in the same minutes.
 *
 * <p>Both sides get the same request bytes and answer the same body under headers of the same size.
 * They are measured in turn, and in the other order every second round, so that a slow change of
 * the machine touches both.
 */
public final class PathBench {

  private static final String HELLO = "hello";
  private static final String INVOCATION = "invocation";
  private static final List<Integer> CONNECTIONS = List.of(1, 32);
  private static final int WARM_UP_CONNECTIONS = 32;
  private static final String JVM_OPTIONS = "config/core.jvm";
  private static final Duration HELLO_READY = Duration.ofSeconds(30);

  private final PathOptions options;
  private final Path root;
  private final PrintStream out;

  PathBench(PathOptions options, Path root, PrintStream out) {
    this.options = options;
    this.root = root;
    this.out = out;
  }

  static void main(String[] args) {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help")) {
      System.out.print(PathOptions.HELP);
      return;
    }
    System.exit(exitCode(arguments));
  }

  private static int exitCode(List<String> arguments) {
    PathOptions options;
    try {
      options = PathOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("scripts/bench path: " + e.getMessage());
      return 2;
    }
    try {
      return new PathBench(options, Path.of("").toAbsolutePath(), System.out).run();
    } catch (IOException | IllegalStateException | DecodeException e) {
      System.err.println("scripts/bench path: " + (e.getMessage() == null ? e : e.getMessage()));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** 0, or 1 when an answer was wrong. */
  int run() throws IOException, InterruptedException {
    if (options.upload() && !Files.isRegularFile(options.function())) {
      throw new IOException("there is no file " + options.function());
    }
    try (Children children = Children.open()) {
      Platform platform =
          options.running().isPresent()
              ? Platform.running(options.running().get())
              : Platform.start(children, root);
      Answer answer = answer(platform);
      Side hello = hello(children, platform, answer);
      Side invocation =
          new Side(INVOCATION, platform.core(), platform.token(), answer.body(), platform::nodes);
      describe(answer);
      List<Sample> samples = measure(hello, invocation);
      if (children.ended()) {
        throw new IllegalStateException("interrupted");
      }
      return report(samples);
    }
  }

  private Answer answer(Platform platform) throws IOException, InterruptedException {
    try (FunctionClient function = new FunctionClient(platform)) {
      if (options.upload()) {
        function.deploy(Files.readAllBytes(options.function()));
      }
      Answer answer = function.invoke();
      if (options.expected().isPresent()) {
        requireSameJson(options.expected().get(), answer.body());
      }
      return answer;
    }
  }

  private static void requireSameJson(String expected, String answer) throws IOException {
    JsonObject whole = new JsonObject("{\"data\":" + expected + "}");
    if (!whole.equals(new JsonObject(answer))) {
      throw new IOException("expected %s, but the function answers %s".formatted(whole, answer));
    }
  }

  private Side hello(Children children, Platform platform, Answer answer)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path jvmOptions = root.resolve(JVM_OPTIONS);
    if (Files.exists(jvmOptions)) {
      command.add("@" + jvmOptions);
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), HelloServer.class.getName()));
    Path file = Files.writeString(children.folder().resolve("answer"), answer.body());
    command.addAll(List.of("--path", FunctionClient.FUNCTION_PATH, "--answer", file.toString()));
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      command.addAll(List.of("--header", header.getKey() + "=" + header.getValue()));
    }
    Child child = children.start(HELLO, command, root);
    String ready = child.awaitLine("ready ", HELLO_READY);
    out.println(HELLO + " is " + ready);
    return new Side(
        HELLO,
        URI.create(ready.split(" ", 3)[1]),
        platform.token(),
        answer.body(),
        () -> Map.of(HELLO, child.handle()));
  }

  private void describe(Answer answer) throws IOException {
    out.printf(
        "JDK %s, Vert.x %s, %s, %d cores, load average %.2f%n",
        Runtime.version(),
        vertxVersion(),
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Path jvmOptions = root.resolve(JVM_OPTIONS);
    out.printf(
        "JVM options: %s%n",
        Files.exists(jvmOptions)
            ? String.join(" ", Files.readAllLines(jvmOptions))
            : "the JVM's own, as there is no " + JVM_OPTIONS);
    out.printf("every answer must be %s%n", answer.body());
  }

  private static String vertxVersion() throws IOException {
    try (InputStream version =
        Vertx.class.getResourceAsStream("/META-INF/vertx/vertx-version.txt")) {
      return version == null
          ? "unknown"
          : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private List<Sample> measure(Side hello, Side invocation) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Side side : List.of(hello, invocation)) {
      Sample warmUp = side.measure(WARM_UP_CONNECTIONS, options.warmUp());
      out.println("warm-up  " + Comparison.line(warmUp));
      if (warmUp.measurement().errorCount() > 0) {
        samples.add(warmUp);
        return samples;
      }
    }
    for (int round = 1; round <= options.rounds(); round++) {
      List<Side> order = round % 2 == 1 ? List.of(hello, invocation) : List.of(invocation, hello);
      for (int connections : CONNECTIONS) {
        for (Side side : order) {
          Sample sample = side.measure(connections, options.measured());
          out.printf("round %2d %s%n", round, Comparison.line(sample));
          samples.add(sample);
        }
      }
    }
    return samples;
  }

  private int report(List<Sample> samples) {
    Comparison report = new Comparison("connections", samples);
    report.errors().forEach(error -> out.println("WRONG " + error));
    if (report.errorCount() > 0) {
      out.printf("%d errors: no figures%n", report.errorCount());
      return 1;
    }
    out.printf("%nmedian (lowest..highest) of %d rounds%n", options.rounds());
    for (int connections : CONNECTIONS) {
      out.printf("%n%s", report.table(connections, HELLO, INVOCATION));
    }
    return 0;
  }
}
