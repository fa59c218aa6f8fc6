package dev.funless.core.event.cron;

import dev.funless.core.event.EventSource;
import dev.funless.core.event.SourceType;
import dev.funless.core.event.Trigger;
import java.time.Clock;

/** Invokes the function at the times of a schedule. */
public final class CronType implements SourceType<CronParameters> {

  private final Clock clock;

  public CronType(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "cron";
  }

  @Override
  public Class<CronParameters> parameters() {
    return CronParameters.class;
  }

  @Override
  public EventSource open(CronParameters parameters, Trigger trigger) {
    return new CronSource(parameters, trigger, clock);
  }
}
