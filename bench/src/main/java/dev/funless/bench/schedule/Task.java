package dev.funless.bench.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.funless.core.schedule.InvalidSchedulingException;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.app.AppParser;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.schedule.app.InvalidScriptException;
import dev.funless.core.schedule.cost.CostExpression;
import java.util.Map;
import java.util.Optional;

/**
 * What a row decides by, over so many workers.
 *
 * @param scheduling the functions' configuration, as users write it
 * @param script the script that it names; empty where it names none
 */
record Task(Row row, int workers, String scheduling, String script) {

  private static final String SCRIPT_NAME = "bench";
  private static final String BY_SCRIPT = "{\"language\":\"app\",\"script\":\"bench\"}";

  static Task of(Row row, int workers) {
    return switch (row) {
      case NONE, EXPLAINED, LOG -> byPolicy(row, workers, "{\"language\":\"none\"}");
      case LEAST_LOADED -> byPolicy(row, workers, "{\"language\":\"least-loaded\"}");
      case POWER_OF_TWO -> byPolicy(row, workers, "{\"language\":\"power-of-two\"}");
      case ROUND_ROBIN -> byPolicy(row, workers, "{\"language\":\"round-robin\"}");
      case WARM_FIRST -> byPolicy(row, workers, "{\"language\":\"warm-first\"}");
      case HASH -> byPolicy(row, workers, "{\"language\":\"hash\",\"key\":\"customer.id\"}");
      case APP_NAMED ->
          byScript(
              row,
              workers,
              """
              - workers: [%s]
                strategy: best-first
                invalidate:
                  capacity_used: 80%%
              """
                  .formatted(String.join(", ", Fleet.names(workers))));
      case APP_RANDOM ->
          byScript(
              row,
              workers,
              """
              - workers: "*"
                strategy: random
              """);
      case APP_PLATFORM, APP_EXPLAINED ->
          byScript(
              row,
              workers,
              """
              - workers: "*"
                strategy: platform
                invalidate:
                  capacity_used: 80%
                  max_concurrent_invocations: 100
              """);
      case APP_AFFINITY ->
          byScript(
              row,
              workers,
              """
              - workers: "*"
                strategy: random
                affinity: [cache, "!batch"]
              """);
      case APP_SETS ->
          byScript(
              row,
              workers,
              """
              - workers:
                  - set: cloud
                    strategy: random
                    invalidate:
                      max_concurrent_invocations: 1
                  - set: edge
                    strategy: platform
                    invalidate:
                      capacity_used: 80%
              """);
      case APP_LATENCY, APP_COST ->
          byScript(
              row,
              workers,
              """
              - workers: "*"
                strategy: min_latency
              """);
      case APP_NOBODY ->
          byScript(
              row,
              workers,
              """
              - workers: "*"
                strategy: platform
                invalidate:
                  max_concurrent_invocations: 1
              """);
    };
  }

  private static Task byPolicy(Row row, int workers, String scheduling) {
    return new Task(row, workers, scheduling, "");
  }

  private static Task byScript(Row row, int workers, String blocks) {
    return new Task(row, workers, BY_SCRIPT, "- " + Functions.TAG + ":\n" + blocks.indent(4));
  }

  /** Whether there is a worker for it. */
  boolean isPossible() {
    return row != Row.APP_NOBODY;
  }

  /** Whether nearly all memory is used of all workers but the last. */
  boolean isCrowded() {
    return row == Row.APP_NAMED;
  }

  boolean isExplained() {
    return row == Row.EXPLAINED || row == Row.APP_EXPLAINED;
  }

  PolicyConfig policy(Policies policies) {
    try {
      return policies.parse(scheduling.getBytes(UTF_8));
    } catch (InvalidSchedulingException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, Optional<AppScript>> scripts() {
    try {
      return script.isEmpty()
          ? Map.of()
          : Map.of(SCRIPT_NAME, Optional.of(AppParser.parse(script)));
    } catch (InvalidScriptException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a call costs on a worker. */
  CostExpression cost() {
    int services = Functions.SERVICES.size();
    return row == Row.APP_COST
        ? CostExpression.parse("A + nat(items) * B", services)
        : CostExpression.sum(services);
  }
}
