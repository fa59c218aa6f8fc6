package dev.funless.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code scripts/bench path} was asked for.
 *
 * @param rounds how often each side is measured at each number of connections
 * @param measured how long one measurement lasts
 * @param warmUp how long each side is warmed up before the first round
 * @param function the module that is uploaded
 * @param expected what the function must answer, as JSON; otherwise its first answer is held for
 *     right
 * @param running a platform that already runs, instead of one started by {@code scripts/up}
 * @param upload whether the function is uploaded; otherwise it is there already
 */
record PathOptions(
    int rounds,
    Duration measured,
    Duration warmUp,
    Path function,
    Optional<String> expected,
    Optional<Running> running,
    boolean upload) {

  static final String HELP =
      """
      scripts/bench path [options]

      Measures a bare vertx-web hello and the invocation of a trivial function in turn.

        --rounds N        rounds, each with both sides at 1 and at 32 connections (default 3)
        --seconds S       seconds of each measurement (default 8)
        --warmup S        seconds of warm-up of each side, at 32 connections (default 40)
        --function FILE   the wasm module to invoke (default examples/functions/wasm/hello-wat.wasm)
        --expect JSON     what the function must answer to {"name": "bench"}, in any spacing
                          (known for the default function; otherwise its first answer is right)
        --core URL        measure a platform that already runs at URL; needs --token
        --token T         a user's token there
        --no-upload       the function bench is in module _ already
      """;

  private static final Path FUNCTION = Path.of("examples/functions/wasm/hello-wat.wasm");
  private static final String FUNCTION_ANSWER = "{\"payload\": \"Hello bench!\"}";

  /** The HTTP address of a core and a user's token there. */
  record Running(URI core, String token) {

    Running {
      if (!"http".equals(core.getScheme()) || core.getHost() == null || core.getPort() < 1) {
        throw new IllegalArgumentException(
            "--core must be of the form http://127.0.0.1:4000, not " + core);
      }
      if (token.isBlank() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("--token must be visible ASCII characters");
      }
    }
  }

  static PathOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(
            arguments,
            Set.of(
                "--rounds", "--seconds", "--warmup", "--function", "--expect", "--core", "--token"),
            Set.of("--no-upload"));
    boolean upload = !given.has("--no-upload");
    boolean known = upload && !given.has("--function");
    return new PathOptions(
        given.integer("--rounds", 1, 1000, 3),
        given.seconds("--seconds", 8),
        given.seconds("--warmup", 40),
        given.value("--function").map(Path::of).orElse(FUNCTION),
        given.value("--expect").or(() -> known ? Optional.of(FUNCTION_ANSWER) : Optional.empty()),
        running(given),
        upload);
  }

  private static Optional<Running> running(Arguments given) {
    if (given.has("--core") != given.has("--token")) {
      throw new IllegalArgumentException("--core and --token go together");
    }
    return given
        .value("--core")
        .map(core -> new Running(URI.create(core), given.value("--token").orElseThrow()));
  }
}
