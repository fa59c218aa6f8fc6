package dev.funless.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on loopback, counts who connects, and says nothing. */
public final class AcceptingServer implements AutoCloseable {

  private final ServerSocket listening;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::accept);

  public AcceptingServer() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    thread.start();
  }

  public String host() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  public int accepted() {
    return accepted.get();
  }

  /** Connects, and tells how many have connected, this one included, when it has been accepted. */
  public int connect() throws IOException {
    try (Socket socket = new Socket(listening.getInetAddress(), listening.getLocalPort())) {
      // The end comes behind the acceptance, and that behind those of all who came before.
      socket.getInputStream().readAllBytes();
    }
    return accepted.get();
  }

  private void accept() {
    try {
      while (true) {
        try (Socket _ = listening.accept()) {
          accepted.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
