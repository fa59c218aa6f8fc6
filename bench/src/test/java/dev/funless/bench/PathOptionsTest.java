package dev.funless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathOptionsTest {

  @Test
  void hasDefaults() {
    assertEquals(
        new PathOptions(
            3,
            Duration.ofSeconds(8),
            Duration.ofSeconds(40),
            Path.of("examples/functions/wasm/hello-wat.wasm"),
            Optional.of("{\"payload\": \"Hello bench!\"}"),
            Optional.empty(),
            true),
        PathOptions.parse(List.of()));
  }

  @Test
  void takesEveryOption() {
    PathOptions options =
        PathOptions.parse(
            List.of(
                "--rounds 5 --seconds 0.5 --warmup 2 --function f.wasm --expect {}"
                    .concat(" --core http://127.0.0.1:4000 --token t --no-upload")
                    .split(" ", -1)));
    assertEquals(
        new PathOptions(
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Path.of("f.wasm"),
            Optional.of("{}"),
            Optional.of(new PathOptions.Running(URI.create("http://127.0.0.1:4000"), "t")),
            false),
        options);
  }

  @Test
  void expectsNothingOfAFunctionItDoesNotKnow() {
    assertTrue(PathOptions.parse(List.of("--function", "f.wasm")).expected().isEmpty());
    assertTrue(PathOptions.parse(List.of("--no-upload")).expected().isEmpty());
    assertFalse(PathOptions.parse(List.of()).expected().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--round 3",
        "--rounds",
        "--rounds 0",
        "--rounds three",
        "--seconds NaN",
        "--seconds -1",
        "--core http://127.0.0.1:4000",
        "--token t",
        "--core https://127.0.0.1:4000 --token t",
        "--core 127.0.0.1:4000 --token t",
        "path"
      })
  void rejects(String arguments) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertThrows(IllegalArgumentException.class, () -> PathOptions.parse(words));
  }
}
