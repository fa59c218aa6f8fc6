package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.engine.Outcome.Reason;
import java.time.Duration;
import java.util.Map;

/** Makes host calls one at a time, each in a call of its own of the module {@code calls}. */
final class HostCalls implements AutoCloseable {

  /** The size of that module's memory. */
  static final int MEMORY_BYTES = 2 * Guests.PAGE;

  final Guests guests = new Guests();
  private final LoadedFunction calls = guests.load("calls");

  /** What the host function returned, two digits, and the bytes to be shown, in hex. */
  String result(HostCall call) {
    return result(call, Map.of());
  }

  String result(HostCall call, Map<String, String> environment) {
    String json = Guests.answerOf(run(call, environment));
    return json.substring(1, json.length() - 1);
  }

  Outcome run(HostCall call, Map<String, String> environment) {
    return guests.run(
        calls,
        new Call(
            call.input(),
            System.nanoTime() + Duration.ofSeconds(10).toNanos(),
            Guests.LIMITS,
            environment,
            Guests.NO_HTTP,
            () -> true));
  }

  void assertTraps(HostCall call) {
    Outcome.Failed failed = Guests.failureOf(run(call, Map.of("A", "b")));
    assertEquals(Reason.TRAP, failed.reason(), failed::toString);
    assertTrue(failed.message().contains("out of bounds memory access"), failed.message());
  }

  @Override
  public void close() {
    guests.close();
  }
}
