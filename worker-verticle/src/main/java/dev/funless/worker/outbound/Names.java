package dev.funless.worker.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves names, in bounded time although the system's resolver knows no bound: it runs on threads
 * of its own, which are left to it where it takes too long. Thread-safe.
 *
 * <p>Known caveat: names that hang take these threads from all functions of the worker until the
 * system gives up, and other names then fail for want of a thread.
 */
final class Names implements AutoCloseable {

  private static final long IDLE_THREAD_SECONDS = 30;

  private final Resolver resolver;
  private final Duration patience;
  private final ThreadPoolExecutor threads;

  /** The system's resolver; in tests, one that knows other names. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  Names(Resolver resolver, OutboundConfig config) {
    this.resolver = resolver;
    this.patience = config.dnsTimeout();
    this.threads =
        new ThreadPoolExecutor(
            config.dnsThreads(),
            config.dnsThreads(),
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(config.dnsWaiting()),
            Thread.ofPlatform().daemon().name("outbound-dns-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * All addresses of the host, in the resolver's order; at least one.
   *
   * @throws IOException whose message is a sentence
   */
  List<InetAddress> addresses(Host host, Deadline deadline)
      throws IOException, InterruptedException {
    if (host.literal().isPresent()) {
      return List.of(host.literal().get());
    }
    Deadline until = deadline.orIn(patience);
    var lookup = new FutureTask<>(() -> List.of(resolver.resolve(host.text())));
    try {
      threads.execute(lookup);
      List<InetAddress> addresses = lookup.get(until.remainingNanos(), TimeUnit.NANOSECONDS);
      if (addresses.isEmpty()) {
        throw new IOException("the name " + host + " has no address");
      }
      return addresses;
    } catch (RejectedExecutionException e) {
      throw new IOException("the name " + host + " has to wait behind too many others", e);
    } catch (TimeoutException e) {
      throw new IOException("the name " + host + " was not resolved in time", e);
    } catch (ExecutionException e) {
      throw new IOException("the name " + host + " cannot be resolved", e);
    } finally {
      lookup.cancel(true);
      threads.remove(lookup);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
