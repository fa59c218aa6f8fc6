package dev.funless.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The platform under test: one core and one worker of its own, or one that already runs.
 *
 * @param data the folder of a platform of its own; the processes of another one are unknown
 */
record Platform(URI core, String token, Optional<Path> data) {

  /** The first start may build the project and unpack PostgreSQL. */
  private static final Duration READY = Duration.ofMinutes(5);

  private static final String READY_LINE = "ready ";
  private static final String TOKEN_LINE = "Guest=";

  static Platform running(PathOptions.Running running) {
    return new Platform(running.core(), running.token(), Optional.empty());
  }

  /**
   * Starts one with {@code scripts/up} of the checkout {@code root}; it ends with {@code children}.
   */
  static Platform start(Children children, Path root) throws IOException, InterruptedException {
    Path data = children.folder().resolve("data");
    int port = freePort();
    Child up =
        children.start(
            "up",
            List.of(
                root.resolve("scripts/up").toString(),
                "--port",
                Integer.toString(port),
                "--data",
                data.toString(),
                "--workers",
                "1"),
            root);
    up.awaitLine(READY_LINE, READY);
    return new Platform(URI.create("http://127.0.0.1:" + port), token(data), Optional.of(data));
  }

  /** The processes an invocation passes through, by node name; empty where they are unknown. */
  Map<String, ProcessHandle> nodes() throws IOException {
    Map<String, ProcessHandle> nodes = new TreeMap<>();
    if (data.isEmpty()) {
      return nodes;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(data.get().resolve("run"), "{core,worker}*.pid")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".pid", "");
        pid(file).flatMap(ProcessHandle::of).ifPresent(node -> nodes.put(name, node));
      }
    }
    return nodes;
  }

  private static Optional<Long> pid(Path file) throws IOException {
    try {
      return Optional.of(Long.valueOf(Files.readString(file).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String token(Path data) throws IOException {
    Path file = data.resolve("tokens");
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(TOKEN_LINE))
        .map(line -> line.substring(TOKEN_LINE.length()).strip())
        .findFirst()
        .orElseThrow(() -> new IOException("no line " + TOKEN_LINE + "… in " + file));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
