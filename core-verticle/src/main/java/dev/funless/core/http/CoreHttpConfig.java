package dev.funless.core.http;

import dev.funless.shared.config.HttpConfig;
import dev.funless.shared.config.Settings;
import java.time.Duration;

/**
 * The HTTP entrypoint's bounds.
 *
 * @param listen where it listens
 * @param eventLoops how many event loops serve it
 * @param maxBodyBytes size of a JSON body: arguments for the most part
 * @param maxUploadBytes size of an upload
 * @param maxUploads how many uploads may be under way at once
 * @param prepare how long a new function's answer waits for the workers
 */
public record CoreHttpConfig(
    HttpConfig listen,
    int eventLoops,
    int maxBodyBytes,
    long maxUploadBytes,
    int maxUploads,
    Duration prepare) {

  public static final int DEFAULT_PORT = 4000;

  public static CoreHttpConfig read(Settings settings) {
    return new CoreHttpConfig(
        HttpConfig.read(settings, DEFAULT_PORT),
        settings.integer(
            "http.event_loops",
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            1,
            256),
        settings.integer("http.max_body_bytes", 1024 * 1024, 1_024, 64 * 1024 * 1024),
        settings.whole("http.max_upload_mb", 64, 1, 1_024) * 1024 * 1024,
        settings.integer("http.max_uploads", 8, 1, 1_000),
        settings.millis(
            "http.prepare_ms",
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofMinutes(10)));
  }
}
