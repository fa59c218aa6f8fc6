package dev.funless.shared.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/**
 * Collects what is to be sent within one turn of the event loop, and sends it as few messages at
 * the turn's end: under load the cost of a message is shared, and alone nothing waits. Its state is
 * confined to the loop; it may be used from any thread.
 */
final class Outbox<T> {

  /** Beyond this a message would hold up others on the connection. */
  private static final int MESSAGE_BYTES = 64 * 1024;

  private final Loop loop;
  private final ToIntFunction<T> size;
  private final BiConsumer<String, List<T>> sender;
  private final Map<String, List<T>> byReceiver = new HashMap<>();

  /**
   * @param size of an item, in bytes
   * @param sender sends items to a receiver, as one message
   */
  Outbox(Loop loop, ToIntFunction<T> size, BiConsumer<String, List<T>> sender) {
    this.loop = loop;
    this.size = size;
    this.sender = sender;
  }

  void add(String receiver, T item) {
    loop.run(() -> collect(receiver, item));
  }

  private void collect(String receiver, T item) {
    if (byReceiver.isEmpty()) {
      loop.afterThisTurn(this::sendAll);
    }
    byReceiver.computeIfAbsent(receiver, _ -> new ArrayList<>()).add(item);
  }

  private void sendAll() {
    Map<String, List<T>> turn = Map.copyOf(byReceiver);
    byReceiver.clear();
    turn.forEach(this::send);
  }

  private void send(String receiver, List<T> items) {
    int start = 0;
    int bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      bytes += size.applyAsInt(items.get(i));
      if (bytes >= MESSAGE_BYTES || i == items.size() - 1) {
        sender.accept(receiver, items.subList(start, i + 1));
        start = i + 1;
        bytes = 0;
      }
    }
  }
}
