package dev.funless.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that writes fixed bytes for whatever arrives at once, on a thread a connection. */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket socket;
  private final byte[] bytes;
  private final boolean closes;

  private ScriptedServer(String bytes, boolean closes) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.bytes = bytes.getBytes(UTF_8);
    this.closes = closes;
    Thread.ofVirtual().start(this::accept);
  }

  static ScriptedServer answering(String bytes) throws IOException {
    return new ScriptedServer(bytes, false);
  }

  static ScriptedServer closingAfter(String bytes) throws IOException {
    return new ScriptedServer(bytes, true);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // The test has closed the server.
    }
  }

  private void serve(Socket connection) {
    byte[] request = new byte[4096];
    try (connection) {
      while (connection.getInputStream().read(request) > 0) {
        connection.getOutputStream().write(bytes);
        if (closes) {
          return;
        }
      }
    } catch (IOException e) {
      // The load generator has closed the connection.
    }
  }
}
