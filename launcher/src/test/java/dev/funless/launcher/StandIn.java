package dev.funless.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node that keeps to {@link NodeContract} and does nothing else. A file {@code
 * config/NAME.manner} in the checkout changes how it behaves: {@code die} ends it at once, {@code
 * unready} never serves, {@code stubborn} takes no SIGTERM, {@code fragile} dies of an upload.
 * Unlike a real node it outlives its launcher.
 */
public final class StandIn {

  private static final String ANSWER = "{\"data\": {\"hello\": \"wörld, \\\"again\\\"\"}}";

  private final String name = System.getenv("FUNLESS_NODE_NAME");
  private final Path data = Path.of(System.getenv(NodeContract.DATA));

  private StandIn() {}

  public static void main(String[] arguments) throws Exception {
    new StandIn().run();
  }

  private void run() throws Exception {
    System.out.println("environment " + Timing.READY_VARIABLE + "=" + timeout());
    switch (manner()) {
      case "die" -> {
        System.out.println("ERROR config: limits.memory is not a number");
        System.out.println("\tat dev.funless.Main.main(Main.java:1)");
        System.exit(3);
      }
      case "unready" -> Thread.sleep(60_000);
      case "stubborn" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(StandIn::refuse));
        serve();
      }
      default -> serve();
    }
  }

  private static String timeout() {
    return System.getenv(Timing.READY_VARIABLE);
  }

  private String manner() throws IOException {
    Path file = Path.of("config", name + ".manner");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static void refuse() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() throws IOException, InterruptedException {
    if (name.equals("db")) {
      System.out.println(NodeContract.DATABASE_READY + System.getenv("FUNLESS_DATABASE_PORT"));
      Thread.sleep(120_000);
      return;
    }
    Files.createDirectories(data);
    if (name.startsWith("core") && !Files.exists(data.resolve("tokens"))) {
      Files.writeString(data.resolve("tokens"), "Admin=secret-a\nGuest=secret-g\n");
    }
    int port = Integer.parseInt(System.getenv("FUNLESS_HTTP_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.start();
    if (name.startsWith("worker")) {
      Files.writeString(data.resolve("serves"), "");
    }
    // A test that is killed leaves nodes; they end by themselves.
    Thread.sleep(120_000);
    System.exit(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] body = exchange.getRequestBody().readAllBytes();
      Path hello = data.resolve("hello");
      if (call.equals("GET /v1/ready")) {
        reply(exchange, 200, "");
      } else if (call.equals("GET /v1/workers") && "Bearer secret-a".equals(token)) {
        reply(exchange, 200, workers());
      } else if (!"Bearer secret-g".equals(token)) {
        reply(exchange, 401, "{\"errors\":{\"detail\":\"Unauthorized\"}}");
      } else if (call.equals("GET /v1/fn/_/hello")) {
        reply(exchange, Files.exists(hello) ? 200 : 404, "{\"data\":{\"name\":\"hello\"}}");
      } else if (call.equals("POST /v1/fn/_")) {
        if (manner().equals("fragile")) {
          System.exit(4);
        }
        Files.write(hello, body);
        System.out.println("deployed");
        reply(exchange, 201, "{\"data\":{\"name\":\"hello\"}}");
      } else if (call.equals("POST /v1/fn/_/hello")) {
        reply(exchange, 200, ANSWER);
      } else {
        reply(exchange, 404, "{\"errors\":{\"detail\":\"Not Found\"}}");
      }
    }
  }

  private String workers() throws IOException {
    try (Stream<Path> folders = Files.list(data)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("serves")))
          .map(folder -> "{\"tag\":\"\",\"name\":\"" + folder.getFileName() + "\"}")
          .collect(Collectors.joining(",", "{\"data\":[", "]}"));
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
