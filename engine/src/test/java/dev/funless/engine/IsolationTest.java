package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IsolationTest {

  /** Global, memory, pages, table entry, table sizes, passive data, passive elements. */
  private static final String FRESH = "[0,0,1,0,2,0,7]";

  @Test
  void noCallSeesWhatAnEarlierOneLeft() {
    try (var guests = new Guests()) {
      LoadedFunction traces = guests.load("traces");
      for (int i = 0; i < 20; i++) {
        assertEquals(FRESH, guests.answer(traces, "{}"));
      }
    }
  }

  @Test
  void noCallSeesWhatOthersDoAtTheSameTime() {
    try (var guests = new Guests(new EngineConfig(4, 0, 2000, 256L * Guests.PAGE, 1 << 20))) {
      LoadedFunction traces = guests.load("traces");
      var outcomes = new ArrayList<CompletableFuture<Outcome>>();
      for (int i = 0; i < 1000; i++) {
        outcomes.add(guests.start(traces, Guests.call("{}")));
      }
      for (CompletableFuture<Outcome> outcome : outcomes) {
        assertEquals(FRESH, Guests.answerOf(Guests.await(outcome)));
      }
    }
  }
}
