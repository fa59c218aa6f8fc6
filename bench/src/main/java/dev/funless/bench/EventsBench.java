package dev.funless.bench;

import dev.funless.bench.FunctionClient.Answer;
import dev.funless.bench.load.Measurement;
import dev.funless.bench.load.Messages;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code scripts/bench events}: how many messages a second go through one MQTT connector, and what
 * latency it adds to an invocation over REST of the same function with the same arguments.
 *
 * <p>A message is done when the connector acknowledges it, which it does after the invocation. That
 * each was invoked, and ended well, is held against the core's own count.
 */
public final class EventsBench {

  private static final String REST = "rest";
  private static final String MQTT = "mqtt";
  private static final List<Integer> AT_ONCE = List.of(1, 32);
  private static final int WARM_UP_AT_ONCE = 32;
  private static final Path FUNCTION = Path.of("examples/functions/wasm/hello-wat.wasm");
  private static final String MESSAGE =
      new JsonObject(FunctionClient.ARGUMENTS).getJsonObject("args").encode();
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final EventsOptions options;
  private final Path root;
  private final PrintStream out;

  private EventsBench(EventsOptions options, Path root, PrintStream out) {
    this.options = options;
    this.root = root;
    this.out = out;
  }

  static void main(String[] args) {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help")) {
      System.out.print(EventsOptions.HELP);
      return;
    }
    System.exit(exitCode(arguments));
  }

  private static int exitCode(List<String> arguments) {
    EventsOptions options;
    try {
      options = EventsOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("scripts/bench events: " + e.getMessage());
      return 2;
    }
    try {
      return new EventsBench(options, Path.of("").toAbsolutePath(), System.out).run();
    } catch (IOException | IllegalStateException e) {
      System.err.println("scripts/bench events: " + (e.getMessage() == null ? e : e.getMessage()));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** 0, or 1 when an answer was wrong or a message was not invoked. */
  private int run() throws IOException, InterruptedException {
    try (Children children = Children.open();
        Messages messages = Messages.listen()) {
      Platform platform = Platform.start(children, root);
      try (FunctionClient function = new FunctionClient(platform)) {
        function.deploy(
            Files.readAllBytes(root.resolve(FUNCTION)), Optional.of(events(messages.port())));
        Answer answer = function.invoke();
        Machine.lines(List.of("Vert.x")).forEach(out::println);
        Side rest =
            new Side(REST, platform.core(), platform.token(), answer.body(), platform::nodes);
        List<Sample> samples = measure(platform, function, rest, messages);
        if (children.ended()) {
          throw new IllegalStateException("interrupted");
        }
        return report(samples);
      }
    }
  }

  private static String events(int port) {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("type", "mqtt")
                .put(
                    "params",
                    new JsonObject()
                        .put("host", "127.0.0.1")
                        .put("port", port)
                        .put("topic", "bench")))
        .encode();
  }

  /** One side, measured once. */
  private interface Measured {
    Sample measure(int atOnce, Duration duration) throws IOException, InterruptedException;
  }

  private List<Sample> measure(
      Platform platform, FunctionClient function, Side rest, Messages messages)
      throws IOException, InterruptedException {
    Measured overRest = rest::measure;
    Measured byMessages =
        (atOnce, duration) -> measure(platform, function, messages, atOnce, duration);
    for (Measured side : List.of(overRest, byMessages)) {
      out.println("warm-up  " + Comparison.line(side.measure(WARM_UP_AT_ONCE, options.warmUp())));
    }
    List<Sample> samples = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      List<Measured> order =
          round % 2 == 1 ? List.of(overRest, byMessages) : List.of(byMessages, overRest);
      for (int atOnce : AT_ONCE) {
        for (Measured side : order) {
          Sample sample = side.measure(atOnce, options.measured());
          out.printf("round %2d %s%n", round, Comparison.line(sample));
          samples.add(sample);
        }
      }
    }
    return samples;
  }

  private Sample measure(
      Platform platform, FunctionClient function, Messages messages, int atOnce, Duration duration)
      throws IOException, InterruptedException {
    long before = function.endedWell();
    CpuMeter servers = CpuMeter.start(platform.nodes());
    CpuMeter generator = CpuMeter.start(Map.of("load generator", ProcessHandle.current()));
    Measurement measured = messages.run(MESSAGE, atOnce, duration, DEADLINE);
    Sample sample =
        new Sample(
            MQTT,
            atOnce,
            measured,
            servers.microsPer(measured.received()),
            generator.microsPer(measured.received()));
    long invoked = function.endedWell() - before;
    if (measured.errorCount() == 0 && invoked != measured.received()) {
      throw new IOException(
          "%d messages were acknowledged, but %d invocations ended well"
              .formatted(measured.received(), invoked));
    }
    return sample;
  }

  private int report(List<Sample> samples) {
    Comparison comparison = new Comparison("under way", samples);
    comparison.errors().forEach(error -> out.println("WRONG " + error));
    if (comparison.errorCount() > 0) {
      out.printf("%d errors: no figures%n", comparison.errorCount());
      return 1;
    }
    out.printf("%nmedian (lowest..highest) of %d rounds%n", options.rounds());
    for (int atOnce : AT_ONCE) {
      out.printf("%n%s", comparison.table(atOnce, REST, MQTT));
      out.printf("%s%n", comparison.added(atOnce, REST, MQTT));
    }
    return 0;
  }
}
