package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;

/** One connection on which bytes are sent that an HTTP client would not send. */
final class RawHttp implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 20_000;

  private final Socket socket;

  RawHttp(int port) throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), CONNECT_MILLIS);
    socket.setSoTimeout(ANSWER_MILLIS);
  }

  /**
   * @param body what of it there is before the connection ends; empty where it ends at once
   */
  record RawAnswer(int status, List<String> headers, String body) {

    boolean has(String header) {
      return headers.stream().anyMatch(line -> line.equalsIgnoreCase(header));
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Says that nothing more comes. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Sends as much as the node takes; false where it closed the connection before all was sent. */
  boolean trySend(byte[] bytes) {
    try {
      send(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads one answer; status 0 where the connection ends without one. */
  RawAnswer answer() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = read(in);
      if (next < 0) {
        return new RawAnswer(0, List.of(), "");
      }
      head.write(next);
    }
    List<String> lines = head.toString(ISO_8859_1).lines().toList();
    int length =
        lines.stream()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith("content-length:"))
            .map(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
            .findFirst()
            .orElse(0);
    String body = new String(in.readNBytes(length), UTF_8);
    int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
    return new RawAnswer(status, lines.subList(1, lines.size()), body);
  }

  private static int read(InputStream in) throws IOException {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer after " + ANSWER_MILLIS + " ms", e);
    } catch (IOException reset) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
