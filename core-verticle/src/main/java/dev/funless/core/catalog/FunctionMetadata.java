package dev.funless.core.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.funless.core.schedule.cost.CostExpression;
import dev.funless.engine.CallLimits;
import dev.funless.shared.function.ServiceUrl;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an uploader says of a function; everything may be left out.
 *
 * @param tag what configuration scripts refer to it by
 * @param capacity the memory it needs, in KiB
 * @param timeoutMs how long a call may take, in milliseconds
 * @param memoryMb linear memory of an instance, in MiB
 * @param tableEntries how many entries each of its tables may have
 * @param stackKb the stack that it runs on, in KiB
 * @param answerBytes size of an answer, in bytes
 * @param httpResponseBytes size of an answer to an outbound HTTP call, in bytes
 * @param logBytes how much is kept of what a call prints, in bytes
 * @param hostCalls how many outbound HTTP calls a call may make
 * @param concurrency how many of its calls may be under way at once
 * @param allowedHosts private addresses it may call
 * @param env its environment variables
 * @param idempotent whether a call that may have started may be run once more
 * @param scheduling its policy's configuration
 * @param services URLs of the services that it calls
 * @param cost what a call costs, as a {@link CostExpression} over these
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FunctionMetadata(
    Optional<String> tag,
    Optional<Long> capacity,
    Optional<Long> timeoutMs,
    Optional<Long> memoryMb,
    Optional<Integer> tableEntries,
    Optional<Integer> stackKb,
    Optional<Integer> answerBytes,
    Optional<Integer> httpResponseBytes,
    Optional<Integer> logBytes,
    Optional<Integer> hostCalls,
    Optional<Integer> concurrency,
    Optional<List<String>> allowedHosts,
    Optional<Map<String, String>> env,
    Optional<Boolean> idempotent,
    Optional<ObjectNode> scheduling,
    Optional<List<String>> services,
    Optional<String> cost) {

  public static final FunctionMetadata NONE =
      new FunctionMetadata(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** In KiB; what FunLess's API documents. */
  static final long DEFAULT_CAPACITY = 64;

  private static final long MAX_CAPACITY = 1L << 32;
  private static final int MAX_TAG_LENGTH = 160;
  private static final int MAX_HOSTS = 64;
  private static final int MAX_VARIABLES = 64;
  private static final int MAX_VARIABLES_LENGTH = 32 * 1024;
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]{1,253})(:(\\*|\\d{1,5}))?");

  public FunctionMetadata {
    require(tag.map(t -> t.length() <= MAX_TAG_LENGTH), "tag must be at most 160 characters");
    require(
        capacity.map(c -> c >= 0 && c <= MAX_CAPACITY),
        "capacity must be a number of KiB, 0 or more");
    require(timeoutMs.map(t -> t >= 1), "timeout_ms must be at least 1");
    require(memoryMb.map(m -> m >= 1), "memory_mb must be at least 1");
    require(tableEntries.map(t -> t >= 0), "table_entries must be 0 or more");
    require(
        stackKb.map(s -> s >= CallLimits.SMALLEST_STACK / 1024), "stack_kb must be at least 256");
    require(answerBytes.map(a -> a >= 1), "answer_bytes must be at least 1");
    require(httpResponseBytes.map(a -> a >= 1), "http_response_bytes must be at least 1");
    require(logBytes.map(l -> l >= 0), "log_bytes must be 0 or more");
    require(hostCalls.map(c -> c >= 0), "host_calls must be 0 or more");
    require(concurrency.map(c -> c >= 1), "concurrency must be at least 1");
    require(
        allowedHosts.map(
            hosts ->
                hosts.size() <= MAX_HOSTS
                    && hosts.stream().allMatch(h -> h != null && HOST.matcher(h).matches())),
        "allowed_hosts must list at most 64 of host, host:port or host:*");
    require(
        env.map(FunctionMetadata::isEnvironment),
        "env must hold at most 64 texts, together at most 32 KiB, under names without '='");
    require(
        services.map(FunctionMetadata::areServices),
        "services must list at most 26 different URLs, each at most 512 characters of http://host,"
            + " https://host or tcp://host:port");
    cost.ifPresent(text -> CostExpression.parse(text, count(services)));
  }

  private static boolean areServices(List<String> services) {
    return services.size() <= CostExpression.MAX_SERVICES
        && new HashSet<>(services).size() == services.size()
        && services.stream().allMatch(FunctionMetadata::isService);
  }

  private static boolean isService(String url) {
    try {
      return url != null && ServiceUrl.parse(url) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int count(Optional<List<String>> services) {
    return services.map(List::size).orElse(0);
  }

  /** What a call costs: each service once, where the uploader says nothing else. */
  CostExpression costExpression() {
    return cost.map(text -> CostExpression.parse(text, count(services)))
        .orElseGet(() -> CostExpression.sum(count(services)));
  }

  private static boolean isEnvironment(Map<String, String> env) {
    int length = 0;
    for (Map.Entry<String, String> variable : env.entrySet()) {
      String name = variable.getKey();
      String value = variable.getValue();
      if (name.isEmpty() || name.contains("=") || value == null || (name + value).contains("\0")) {
        return false;
      }
      length += name.length() + value.length() + 2;
    }
    return env.size() <= MAX_VARIABLES && length <= MAX_VARIABLES_LENGTH;
  }

  private static void require(Optional<Boolean> holds, String sentence) {
    if (!holds.orElse(true)) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
