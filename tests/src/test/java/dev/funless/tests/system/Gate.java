package dev.funless.tests.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A server that keeps the functions waiting that call it, until the gate is opened: they run for
 * exactly as long as a test needs them. Used by one thread.
 */
final class Gate implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Client client;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<CompletableFuture<Client.Answer>> calls = new ArrayList<>();

  /** Counted down where the gate is opened; another one follows. */
  private volatile CountDownLatch open = new CountDownLatch(1);

  /**
   * @param client invokes the functions
   */
  Gate(Client client) {
    this.client = client;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::hold);
    server.start();
  }

  private void hold(HttpExchange exchange) throws IOException {
    CountDownLatch now = open;
    waiting.incrementAndGet();
    try (exchange) {
      now.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Deploys a function that waits at the gate. */
  void deploy(String name, String tag) {
    String host = LOOPBACK + ":" + server.getAddress().getPort();
    JsonObject metadata =
        new JsonObject().put("tag", tag).put("allowed_hosts", new JsonArray().add(host));
    client.deploy(name, Form.of(name, "fetch-c", metadata));
  }

  /** Sends calls of a function that waits at the gate, and returns once all of them wait there. */
  void hold(int number, String function, JsonObject scheduling) {
    int before = waiting.get();
    List<CompletableFuture<Client.Answer>> sent = send(number, function, scheduling);
    Eventually.holds(
        number + " more calls wait at the gate",
        PATIENCE,
        () -> {
          sent.stream().filter(CompletableFuture::isDone).forEach(Gate::doesNotWait);
          return waiting.get() == before + number;
        });
  }

  private static void doesNotWait(CompletableFuture<Client.Answer> call) {
    throw new AssertionError("A call does not wait at the gate: " + call.join());
  }

  /** Sends calls of a function that waits at the gate; gives their answers to come. */
  List<CompletableFuture<Client.Answer>> send(int number, String function, JsonObject scheduling) {
    String url = "http://" + LOOPBACK + ":" + server.getAddress().getPort() + "/";
    List<CompletableFuture<Client.Answer>> sent =
        IntStream.range(0, number)
            .mapToObj(
                _ -> client.invokeLater(function, new JsonObject().put("url", url), scheduling))
            .toList();
    calls.addAll(sent);
    return sent;
  }

  void awaitWaiting(int number) {
    Eventually.holds(number + " calls wait at the gate", PATIENCE, () -> waiting.get() == number);
  }

  /** Lets go all that wait; gives the answers of all calls since it was opened last. */
  List<Client.Answer> open() {
    CountDownLatch before = open;
    open = new CountDownLatch(1);
    before.countDown();
    List<Client.Answer> answers = calls.stream().map(CompletableFuture::join).toList();
    calls.clear();
    return answers;
  }

  @Override
  public void close() {
    open();
    server.stop(0);
    threads.close();
  }
}
