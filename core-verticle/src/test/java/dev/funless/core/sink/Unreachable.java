package dev.funless.core.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Two ports of the loopback address behind which nobody answers; nobody else can take them. */
final class Unreachable implements AutoCloseable {

  private final Socket bound = new Socket();
  private final ServerSocket silent = new ServerSocket();

  Unreachable() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    bound.bind(any);
    silent.bind(any);
  }

  /** Connections to it are refused. */
  int refusing() {
    return bound.getLocalPort();
  }

  /** Connections to it are made, and nothing comes over them. */
  int silent() {
    return silent.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    bound.close();
    silent.close();
  }
}
