package dev.funless.worker.outbound;

import dev.funless.engine.OutboundHttp;
import dev.funless.worker.outbound.Exchange.NotConnected;
import dev.funless.worker.outbound.Exchange.Reply;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** The calls of one function: hop after hop, each resolved and checked anew. Thread-safe. */
final class FunctionCalls implements OutboundHttp {

  private static final int CAUSES = 10;
  private static final int REASON_CHARS = 300;

  private final AllowedHosts allowedHosts;
  private final OutboundConfig config;
  private final Reach reach;
  private final IntFunction<Exchange> exchanges;
  private final ClientSSLOptions tls;

  /**
   * @param exchanges makes an exchange for the current thread, given the largest answer in bytes
   */
  FunctionCalls(
      AllowedHosts allowedHosts,
      OutboundConfig config,
      Reach reach,
      IntFunction<Exchange> exchanges,
      ClientSSLOptions tls) {
    this.allowedHosts = allowedHosts;
    this.config = config;
    this.reach = reach;
    this.exchanges = exchanges;
    this.tls = tls;
  }

  @Override
  public Answer send(Request request) throws IOException, InterruptedException {
    Deadline deadline = new Deadline(request.deadlineNanos()).orIn(config.totalTimeout());
    int maxAnswerBytes = Math.min(request.maxAnswerBytes(), config.maxAnswerBytes());
    Hop hop = Hop.first(request);
    for (int redirects = 0; ; redirects++) {
      switch (reply(hop, maxAnswerBytes, deadline)) {
        case Reply.Answered(int status, byte[] body) -> {
          return new Answer(status, body);
        }
        case Reply.Redirected(int status, String location) -> {
          if (redirects == config.maxRedirects()) {
            throw new IOException("more than " + config.maxRedirects() + " redirects");
          }
          hop = hop.redirected(status, location);
        }
      }
    }
  }

  private Reply reply(Hop hop, int maxAnswerBytes, Deadline deadline)
      throws IOException, InterruptedException {
    Target target = hop.target();
    List<InetAddress> addresses = reach.addresses(target, allowedHosts.allows(target), deadline);
    try {
      for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
        try {
          return exchange(hop, address, maxAnswerBytes, deadline);
        } catch (NotConnected e) {
          // The next one may be reachable.
        }
      }
      return exchange(hop, addresses.getLast(), maxAnswerBytes, deadline);
    } catch (TimeoutException e) {
      throw new IOException("no answer from " + target + " in time", e);
    } catch (NotConnected e) {
      throw new IOException("no connection to " + target + reason(e), e);
    } catch (IOException e) {
      throw e.getCause() == null
          ? e
          : new IOException("the call to " + target + " failed" + reason(e), e);
    }
  }

  private Reply exchange(Hop hop, InetAddress address, int maxAnswerBytes, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before anything was sent");
    }
    Exchange exchange = exchanges.apply(maxAnswerBytes);
    exchange.send(options(hop, address, deadline), hop.body());
    return exchange.await(deadline);
  }

  private RequestOptions options(Hop hop, InetAddress address, Deadline deadline)
      throws IOException {
    Target target = hop.target();
    // Without the name that it was resolved from, which the pool would take for the address.
    InetAddress bare = InetAddress.getByAddress(address.getAddress());
    var options =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(bare, target.port())))
            .setHost(target.host().text())
            .setPort(target.port())
            .setSsl(target.tls())
            .setSslOptions(tls)
            .setMethod(HttpMethod.valueOf(hop.method()))
            .setURI(target.pathAndQuery())
            .setFollowRedirects(false)
            .setConnectTimeout(deadline.remainingMillis());
    hop.headers().headers().forEach(header -> options.addHeader(header.name(), header.value()));
    if (hop.body().length > 0 || hop.method().startsWith("P")) {
      options.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(hop.body().length));
    }
    return options;
  }

  /** What went wrong, and what that came from: the outer message names neither host nor defect. */
  private static String reason(IOException failure) {
    Throwable outer = failure.getCause();
    Throwable inner = outer;
    for (int depth = 0; depth < CAUSES && inner.getCause() != null; depth++) {
      inner = inner.getCause();
    }
    String first = String.valueOf(outer.getMessage());
    String last = String.valueOf(inner.getMessage());
    String reason = first.contains(last) ? first : first + ": " + last;
    // A server may have had a say in it, and this becomes one line of a log.
    String line = reason.replaceAll("\\p{Cntrl}+", " ");
    return ": " + line.substring(0, Math.min(line.length(), REASON_CHARS));
  }
}
