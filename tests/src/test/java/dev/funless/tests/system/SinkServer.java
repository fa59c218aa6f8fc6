package dev.funless.tests.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A webhook at {@code /hook} and, everywhere else, what answers as a database of CouchDB's does: a
 * look at it 200, a document 201, or 409 where it has one of that id. Thread-safe.
 */
final class SinkServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  record Call(String path, String signature, String body) {

    JsonObject json() {
      return new JsonObject(body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, JsonObject> documents = new ConcurrentHashMap<>();

  /** Answered to the webhook. */
  volatile int status = 204;

  private SinkServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * @param port 0 takes a free one
   */
  static SinkServer on(int port) {
    return new SinkServer(port);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      String signature = exchange.getRequestHeaders().getFirst("Funless-Signature");
      calls.add(new Call(path, signature == null ? "" : signature, body));
      count.incrementAndGet();
      int answer = status;
      if (!path.equals("/hook")) {
        JsonObject document = new JsonObject(body);
        answer = documents.putIfAbsent(document.getString("_id"), document) == null ? 201 : 409;
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://" + LOOPBACK + ":" + port() + path;
  }

  /** How many calls there were so far. */
  int count() {
    return count.get();
  }

  List<Call> calls(String path) {
    return calls.stream().filter(call -> call.path().equals(path)).toList();
  }

  Map<String, JsonObject> documents() {
    return Map.copyOf(documents);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
