package dev.funless.core.event.mqtt;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and a server of this machine. What is sent over connections that were cut
 * goes nowhere, and neither side sees an end of them; later connections work. Thread-safe.
 */
final class CutNetwork {

  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final NetClient client;
  private final int serverPort;
  private NetServer here;

  private CutNetwork(Vertx vertx, int serverPort) {
    this.client = vertx.createNetClient();
    this.serverPort = serverPort;
  }

  /** Ends with {@code vertx}. */
  static CutNetwork to(Vertx vertx, int serverPort) throws Exception {
    CutNetwork network = new CutNetwork(vertx, serverPort);
    network.here =
        vertx
            .createNetServer()
            .connectHandler(network::connected)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    return network;
  }

  int port() {
    return here.actualPort();
  }

  /** All connections that there are. */
  void cut() {
    open.clear();
  }

  private void connected(NetSocket near) {
    near.pause();
    client
        .connect(serverPort, "127.0.0.1")
        .onSuccess(
            far -> {
              open.add(near);
              join(near, near, far);
              join(near, far, near);
              near.resume();
            })
        .onFailure(_ -> near.close());
  }

  private void join(NetSocket connection, NetSocket from, NetSocket to) {
    from.handler(
        data -> {
          if (open.contains(connection)) {
            to.write(data);
          }
        });
    from.closeHandler(
        _ -> {
          if (open.contains(connection)) {
            to.close();
          }
        });
  }
}
