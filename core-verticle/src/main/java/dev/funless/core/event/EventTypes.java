package dev.funless.core.event;

import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.event.cron.CronType;
import dev.funless.core.event.http.HttpType;
import dev.funless.core.event.mqtt.MqttType;
import java.time.Clock;
import java.util.List;

/** All types of events. */
public final class EventTypes {

  private EventTypes() {}

  /**
   * One line for each type.
   *
   * @param maxMessageBytes what a function gets from an event at most
   */
  public static ConnectorTypes<EventType<?>> all(
      ParametersJson json, Clock clock, int maxMessageBytes) {
    return new ConnectorTypes<>(
        "events",
        json,
        List.of(new MqttType(maxMessageBytes), new CronType(clock), new HttpType()));
  }

  static String unreadable(InvalidParametersException e) {
    return "What is stored of it cannot be used: " + e.getMessage();
  }
}
