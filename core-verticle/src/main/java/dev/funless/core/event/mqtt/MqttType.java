package dev.funless.core.event.mqtt;

import dev.funless.core.event.EventSource;
import dev.funless.core.event.SourceType;
import dev.funless.core.event.Trigger;

/** Invokes the function with each message of a broker's topics. */
public final class MqttType implements SourceType<MqttParameters> {

  private final int maxMessageBytes;

  public MqttType(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public Class<MqttParameters> parameters() {
    return MqttParameters.class;
  }

  @Override
  public EventSource open(MqttParameters parameters, Trigger trigger) {
    MqttSource source = new MqttSource(parameters, trigger, maxMessageBytes);
    source.connect();
    return source;
  }
}
