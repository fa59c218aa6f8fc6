package dev.funless.worker.outbound;

import dev.funless.engine.OutboundHttp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP client of a worker's guests: one connection pool for all functions, each of which sees
 * it through its own {@code allowed_hosts}. Thread-safe.
 *
 * <p>A call reaches only addresses that were checked for it. Names are resolved here, all their
 * addresses are checked, and the client is given the address to connect to, so that a name which
 * changes its address between check and connection changes nothing. The pool keeps connections
 * apart by address, name, port and scheme, so reuse cannot lead elsewhere either.
 *
 * <p>HTTP/1.1 only, because resetting a call must not touch others. TLS certificates are verified
 * against the system's trust store and the name in the URI. No proxy, no cookies, no cache, no
 * decompression.
 */
public final class HttpCalls {

  private static final int CLEANER_MILLIS = 1_000;

  private final Vertx vertx;
  private final OutboundConfig config;
  private final ClientSSLOptions tls;
  private final Reach reach;
  private final HttpClient client;
  private final AtomicInteger openConnections = new AtomicInteger();

  public HttpCalls(Vertx vertx, OutboundConfig config) {
    this(vertx, config, InetAddress::getAllByName, new ClientSSLOptions());
  }

  /** With other names than the system's, and other certificates. */
  HttpCalls(
      Vertx vertx, OutboundConfig config, Names.Resolver resolver, ClientSSLOptions certificates) {
    this.vertx = vertx;
    this.config = config;
    this.tls =
        new ClientSSLOptions(certificates)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setSslHandshakeTimeout(config.connectTimeout().toMillis());
    this.reach = new Reach(resolver, config);
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_1_1)
                    .setConnectTimeout((int) config.connectTimeout().toMillis())
                    .setKeepAliveTimeout((int) config.keepAlive().toSeconds()))
            .with(
                new PoolOptions()
                    .setHttp1MaxSize(config.connectionsPerHost())
                    .setMaxWaitQueueSize(config.waitingPerHost())
                    .setCleanerPeriod(CLEANER_MILLIS))
            .withConnectHandler(this::opened)
            .build();
  }

  /**
   * A function's view.
   *
   * @param allowedHosts entries {@code host}, {@code host:port} or {@code host:*}, which may be
   *     called although their addresses are not public; an entry that is none of these allows
   *     nothing
   */
  public OutboundHttp forFunction(List<String> allowedHosts) {
    return new FunctionCalls(AllowedHosts.parse(allowedHosts), config, reach, this::exchange, tls);
  }

  /** Closes all connections; calls under way fail, and so do later ones. */
  public Future<Void> close() {
    reach.close();
    return client.close();
  }

  private Exchange exchange(int maxAnswerBytes) {
    return new Exchange(
        vertx.getOrCreateContext(),
        client,
        maxAnswerBytes,
        () -> openConnections.get() >= config.keptConnections());
  }

  private void opened(HttpConnection connection) {
    openConnections.incrementAndGet();
    connection.closeHandler(_ -> openConnections.decrementAndGet());
  }
}
