package dev.funless.bench.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionLimits;
import dev.funless.shared.function.FunctionSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is placed, and what runs on the workers beside it. */
final class Functions {

  static final String TAG = "checkout";
  static final List<String> SERVICES = List.of("https://stock.example", "https://pay.example");

  /** They are placed in turn. */
  static final List<FunctionSpec> PLACED =
      IntStream.range(0, 16).mapToObj(number -> function(number, TAG)).toList();

  static final FunctionSpec CACHE = function(100, "cache");
  static final FunctionSpec BATCH = function(101, "batch");
  static final FunctionSpec PAGE = function(102, "page");

  /** Arguments of calls, with a key of their own each. */
  static final List<byte[]> ARGUMENTS =
      IntStream.range(0, 64)
          .mapToObj(
              number ->
                  """
                  {"order":%d,"customer":{"id":"c-%04d","country":"IT"},"items":["pen","ink","paper"],\
                  "note":"Leave it at the door, please."}\
                  """
                      .formatted(4711 + number, 37 * number)
                      .getBytes(UTF_8))
          .toList();

  private Functions() {}

  private static FunctionSpec function(int number, String tag) {
    return new FunctionSpec(
        new FunctionId("shop", tag + number),
        "%064x".formatted(0x9e3779b97f4a7c15L * (number + 1)),
        100_000,
        2 << 20,
        tag,
        32 << 20,
        new FunctionLimits(60_000, 64 << 20, 10_000, 0, 1 << 20, 1 << 20, 64 << 10, 8),
        List.of(),
        Map.of(),
        false,
        SERVICES);
  }
}
