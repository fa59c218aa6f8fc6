package dev.funless.core.event;

import dev.funless.core.event.EventSource.Ending;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Connects at once and does nothing by itself. */
final class ProbeType implements SourceType<ProbeType.Parameters> {

  record Parameters(String name) {}

  /** What is open now, by the event's id. */
  final Map<Long, Trigger> open = new ConcurrentHashMap<>();

  /** All that ever was. */
  final List<Trigger> triggers = new CopyOnWriteArrayList<>();

  final List<Ending> endings = new CopyOnWriteArrayList<>();

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public EventSource open(Parameters parameters, Trigger trigger) {
    if (parameters.name().equals("bad")) {
      trigger.failed("It does not work.");
    } else {
      trigger.connected();
    }
    open.put(trigger.eventId(), trigger);
    triggers.add(trigger);
    return ending -> {
      open.remove(trigger.eventId(), trigger);
      endings.add(ending);
      return Future.succeededFuture();
    };
  }
}
