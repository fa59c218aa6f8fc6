package dev.funless.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bare hello that an invocation is compared with: vertx-web, one instance per event loop, a
 * POST route that reads the whole body and answers fixed bytes. Binds to loopback alone.
 *
 * <p>As a process it takes {@code --event-loops N}, {@code --path PATH}, {@code --answer FILE} and
 * any number of {@code --header NAME=VALUE}; it prints {@code ready URL} and ends when its standard
 * input does, so that it cannot outlive the benchmark that started it.
 */
public final class HelloServer implements AutoCloseable {

  private static final long START_SECONDS = 30;

  /** A port shared by the instances of one deployment, chosen by the system. */
  private static final int ANY_SHARED_PORT = -1;

  private final Vertx vertx;
  private final int port;

  private HelloServer(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /**
   * What to answer, and where.
   *
   * @param headers sent beside Content-Length
   */
  public record Config(int eventLoops, String path, String answer, Map<String, String> headers) {

    public Config {
      if (eventLoops < 1) {
        throw new IllegalArgumentException("event loops must be positive, not " + eventLoops);
      }
      headers = Map.copyOf(headers);
    }
  }

  static void main(String[] args) throws IOException, TimeoutException {
    Arguments given =
        new Arguments(
            List.of(args), Set.of("--event-loops", "--path", "--answer", "--header"), Set.of());
    // As many as a core takes where it is not told.
    int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Config config =
        new Config(
            given.integer("--event-loops", 1, 1024, eventLoops),
            given.value("--path").orElse("/"),
            given.has("--answer") ? Files.readString(Path.of(given.value("--answer").get())) : "{}",
            headers(given.all("--header")));
    try (HelloServer server = start(config)) {
      System.out.printf(
          "ready http://127.0.0.1:%d heap %d MiB, %d event loops%n",
          server.port(), Runtime.getRuntime().maxMemory() >> 20, config.eventLoops());
      while (System.in.read() >= 0) {
        // Nothing is expected on standard input but its end.
      }
    }
  }

  /** Starts the server; it listens when this returns. */
  public static HelloServer start(Config config) throws TimeoutException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(config.eventLoops()));
    AtomicInteger port = new AtomicInteger();
    try {
      vertx
          .deployVerticle(
              () -> new Instance(config, port),
              new DeploymentOptions().setInstances(config.eventLoops()))
          .await(START_SECONDS, TimeUnit.SECONDS);
      return new HelloServer(vertx, port.get());
    } catch (TimeoutException | RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      vertx.close().await(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the hello server did not close", e);
    }
  }

  private static Map<String, String> headers(List<String> lines) {
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("--header must be NAME=VALUE, not " + line);
      }
      headers.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return headers;
  }

  /** Called on its own event loop only; {@code port} is the same for all instances. */
  private static final class Instance extends VerticleBase {

    private final Config config;
    private final AtomicInteger port;
    private final Buffer answer;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    Instance(Config config, AtomicInteger port) {
      this.config = config;
      this.port = port;
      this.answer = Buffer.buffer(config.answer());
      this.headers.addAll(config.headers());
    }

    @Override
    public Future<HttpServer> start() {
      Router router = Router.router(vertx);
      router.post(config.path()).handler(BodyHandler.create(false)).handler(this::hello);
      return vertx
          .createHttpServer()
          .requestHandler(router)
          .listen(ANY_SHARED_PORT, "127.0.0.1")
          .onSuccess(server -> port.set(server.actualPort()));
    }

    private void hello(RoutingContext context) {
      if (context.body().length() < 1) {
        context.response().setStatusCode(400).end();
        return;
      }
      context.response().headers().addAll(headers);
      context.response().end(answer);
    }
  }
}
