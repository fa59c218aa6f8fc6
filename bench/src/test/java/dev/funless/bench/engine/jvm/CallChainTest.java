package dev.funless.bench.engine.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.bench.engine.guests.CallCase;
import dev.funless.bench.engine.guests.Guests;
import dev.funless.bench.engine.guests.WrongAnswerException;
import dev.funless.engine.Engine;
import dev.funless.engine.InvalidModuleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With the guests as the benchmark builds them; src/test/resources/guests/build makes them anew.
 */
class CallChainTest {

  private static final Path GUESTS = Path.of("src/test/resources/guests");

  private final Engine engine = Engines.running(1, 1);

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trivial", "json", "rust"})
  void everyCallSeesAFreshInstanceAndIsMeasured(String guest) throws Exception {
    CallChain chain = chain(guest(guest));
    chain.run(100);
    assertEquals(100, chain.takeNanos().getTotalCount());
    assertEquals(0, chain.takeNanos().getTotalCount());
  }

  @Test
  void aWrongAnswerEndsTheChain() throws Exception {
    CallCase right = guest("trivial");
    List<byte[]> answers = List.of("{}".getBytes(StandardCharsets.UTF_8));
    CallChain chain = chain(new CallCase(right.wasm(), right.inputs(), answers));
    WrongAnswerException wrong = assertThrows(WrongAnswerException.class, () -> chain.run(10));
    assertTrue(wrong.getMessage().contains("\"memory\":1"), wrong::getMessage);
  }

  @Test
  void aFailedCallEndsTheChain() throws Exception {
    CallCase right = guest("json");
    List<byte[]> inputs = List.of("{\"no\":}".getBytes(StandardCharsets.UTF_8));
    CallChain chain =
        chain(new CallCase(right.wasm(), inputs, List.of(right.answers().getFirst())));
    assertThrows(WrongAnswerException.class, () -> chain.run(10));
  }

  @Test
  void aCrowdMakesItsCallsOnSeveralThreads() throws Exception {
    CallCase calls = guest("json");
    try (Engine two = Engines.running(2, 8)) {
      CallCrowd crowd = new CallCrowd(two, two.load(calls.wasm()), calls, 8);
      crowd.run(200);
      List<byte[]> shifted = new ArrayList<>(calls.answers());
      Collections.rotate(shifted, 1);
      CallCase wrong = new CallCase(calls.wasm(), calls.inputs(), shifted);
      CallCrowd misled = new CallCrowd(two, two.load(calls.wasm()), wrong, 8);
      assertThrows(WrongAnswerException.class, () -> misled.run(200));
    }
  }

  private static CallCase guest(String name) throws IOException {
    byte[] wasm = Files.readAllBytes(GUESTS.resolve(name + ".wasm"));
    return switch (name) {
      case "trivial" -> Guests.trivialCase(wasm);
      case "json" -> Guests.jsonCase(wasm);
      case "rust" -> Guests.rustCase(wasm);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private CallChain chain(CallCase calls) throws IOException, InvalidModuleException {
    return new CallChain(engine, engine.load(calls.wasm()), calls);
  }
}
