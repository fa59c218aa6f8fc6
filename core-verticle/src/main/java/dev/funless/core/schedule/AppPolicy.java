package dev.funless.core.schedule;

import dev.funless.core.schedule.app.AppScript;
import java.util.List;
import java.util.Optional;

/**
 * Scripts of the APP family: the function's tag picks an entry of the script, whose blocks are
 * tried in order; the first block that has a valid worker decides. See {@link AppScript} for the
 * language's sources, and {@code docs/app.md} for what each construct means here.
 */
public final class AppPolicy implements SchedulingPolicy<AppConfig> {

  @Override
  public Selection select(
      AppConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    Optional<AppScript> script = circumstances.core().scripts().apply(config.script());
    return script.isEmpty()
        ? new Selection.None("There is no script '" + config.script() + "'.")
        : new AppDecision(config.script(), script.get(), workers, call, circumstances).select();
  }
}
