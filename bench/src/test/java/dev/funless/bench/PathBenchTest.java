package dev.funless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, with a server in this JVM for a core and the hello in a JVM of its own. */
@Timeout(120)
class PathBenchTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private Path root;

  @Test
  void comparesTwoServersThatAnswerTheSame() throws Exception {
    HelloServer.Config config =
        new HelloServer.Config(
            1, "/v1/fn/_/bench", "{\"data\": {\"n\": \"è\"}}", Map.of("Funless-Worker", "w 1"));
    try (HelloServer core = HelloServer.start(config)) {
      assertEquals(0, run(core.port(), "--expect", "{\"n\":\"è\"}"), this::output);
    }
    assertTrue(output().contains("every answer must be {\"data\": {\"n\": \"è\"}}"), output());
    assertTrue(output().contains("| connections: 1 |"), output());
    assertTrue(output().contains("| connections: 32 |"), output());
    assertEquals(2, output().lines().filter(line -> line.startsWith("ratio of")).count());
  }

  @Test
  void endsWithOneAndWithoutFiguresWhenAnAnswerIsWrong() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer core =
          vertx
              .createHttpServer()
              .requestHandler(
                  request ->
                      request
                          .response()
                          .end(requests.incrementAndGet() == 100 ? "{\"data\":2}" : "{\"data\":1}"))
              .listen(0, "127.0.0.1")
              .await(30, TimeUnit.SECONDS);
      assertEquals(1, run(core.actualPort()), this::output);
    } finally {
      vertx.close().await(30, TimeUnit.SECONDS);
    }
    assertTrue(
        output().contains("WRONG 1 × invocation: a wrong answer: 200 {\"data\":2}"), output());
    assertFalse(output().contains("ratio"), output());
  }

  @Test
  void saysThatTheFunctionIsMissingBeforeItStartsAnything() {
    PathOptions options = PathOptions.parse(List.of("--function", "absent.wasm"));
    IOException failure =
        assertThrows(
            IOException.class,
            () -> new PathBench(options, root, new PrintStream(printed, true, UTF_8)).run());
    assertEquals("there is no file absent.wasm", failure.getMessage());
  }

  private int run(int port, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("--core", "http://127.0.0.1:" + port, "--token", "t", "--no-upload"));
    arguments.addAll(List.of("--rounds", "2", "--seconds", "0.2", "--warmup", "0.5"));
    arguments.addAll(List.of(more));
    try (PrintStream out = new PrintStream(printed, true, UTF_8)) {
      return new PathBench(PathOptions.parse(arguments), root, out).run();
    }
  }

  private String output() {
    return printed.toString(UTF_8);
  }
}
