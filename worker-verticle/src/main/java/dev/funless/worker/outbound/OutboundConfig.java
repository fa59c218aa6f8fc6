package dev.funless.worker.outbound;

import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * Bounds of the guests' HTTP calls.
 *
 * @param maxAnswerBytes the largest answer body, whatever the function asks for
 * @param connectTimeout how long one address may take to accept a connection, and again to finish
 *     the TLS handshake
 * @param totalTimeout how long a call may take, redirects and name resolution included
 * @param maxRedirects how many redirects are followed in a call; 0 follows none
 * @param connectionsPerHost how many connections may be open to one address under one name
 * @param waitingPerHost how many calls may wait for one of these
 * @param keptConnections how many connections, to all hosts together, may stay open for reuse
 * @param keepAlive how long an idle connection stays open
 * @param dnsTimeout how long a name may take to be resolved
 * @param dnsThreads how many names are resolved at a time
 * @param dnsWaiting how many more names may wait to be resolved
 */
public record OutboundConfig(
    int maxAnswerBytes,
    Duration connectTimeout,
    Duration totalTimeout,
    int maxRedirects,
    int connectionsPerHost,
    int waitingPerHost,
    int keptConnections,
    Duration keepAlive,
    Duration dnsTimeout,
    int dnsThreads,
    int dnsWaiting) {

  private static final int MIB = 1024 * 1024;
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public OutboundConfig {
    positive(maxAnswerBytes, "maxAnswerBytes");
    positive(connectTimeout.toMillis(), "connectTimeout");
    positive(totalTimeout.toMillis(), "totalTimeout");
    positive(connectionsPerHost, "connectionsPerHost");
    positive(keepAlive.toSeconds(), "keepAlive");
    positive(dnsTimeout.toMillis(), "dnsTimeout");
    positive(dnsThreads, "dnsThreads");
    positive(dnsWaiting, "dnsWaiting");
    if (maxRedirects < 0 || waitingPerHost < 0 || keptConnections < 0) {
      throw new IllegalArgumentException("negative bound");
    }
  }

  /** Reads the keys under {@code outbound}. */
  public static OutboundConfig read(Settings settings) {
    return new OutboundConfig(
        settings.integer("outbound.max_answer_bytes", 4 * MIB, 1, 64 * MIB),
        settings.millis("outbound.connect_timeout_ms", Duration.ofSeconds(5), MILLISECOND, MINUTE),
        settings.millis(
            "outbound.total_timeout_ms", Duration.ofSeconds(30), MILLISECOND, Duration.ofHours(1)),
        settings.integer("outbound.max_redirects", 5, 0, 20),
        settings.integer("outbound.connections_per_host", 16, 1, 1_024),
        settings.integer("outbound.waiting_per_host", 64, 0, 10_000),
        settings.integer("outbound.kept_connections", 256, 0, 10_000),
        Duration.ofSeconds(settings.integer("outbound.keep_alive_s", 10, 1, 3_600)),
        settings.millis("outbound.dns_timeout_ms", Duration.ofSeconds(5), MILLISECOND, MINUTE),
        settings.integer("outbound.dns_threads", 4, 1, 64),
        settings.integer("outbound.dns_waiting", 64, 1, 10_000));
  }

  private static void positive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}
