package dev.funless.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection with at most one request outstanding; used by one thread. */
final class Connection implements AutoCloseable {

  /** Enough of a wrong answer to tell what it says. */
  private static final int KEPT_BODY_BYTES = 512;

  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer request;
  private final ResponseParser parser;
  private long sentNanos;

  private Connection(SocketChannel channel, Selector selector, ByteBuffer request, int answerBytes)
      throws IOException {
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
    this.request = request.duplicate();
    this.parser = new ResponseParser(Math.max(answerBytes, KEPT_BODY_BYTES));
  }

  static Connection open(Load load, Selector selector, ByteBuffer request) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(load.address(), CONNECT_TIMEOUT_MILLIS);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      return new Connection(channel, selector, request, load.answer().length);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  void send(long nowNanos) throws IOException {
    sentNanos = nowNanos;
    request.rewind();
    flush();
  }

  /** Writes what the socket did not take at once. */
  void flush() throws IOException {
    channel.write(request);
    int interest =
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  /** Reads what has arrived through {@code buffer}; whether the answer is complete now. */
  boolean receive(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("the connection closed before the answer was complete");
    }
    buffer.flip();
    if (!parser.read(buffer)) {
      return false;
    }
    if (buffer.hasRemaining()) {
      throw new MalformedResponseException("more bytes than the one answer");
    }
    return true;
  }

  ResponseParser answer() {
    return parser;
  }

  long sentNanos() {
    return sentNanos;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
