package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.engine.Outcome.Reason;
import dev.funless.engine.compile.ModuleCompiler;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What random modules found the wasm library to get wrong, on which the engine stands. */
class CornersTest {

  private static Guests guests;
  private static LoadedFunction compiled;
  private static LoadedFunction interpreted;

  @BeforeAll
  static void load() throws InvalidModuleException {
    guests = new Guests();
    compiled = guests.load("corners");
    interpreted = Interpreted.of(Guests.wasm("corners"));
  }

  @AfterAll
  static void close() {
    guests.close();
  }

  @Test
  void droppedDataSegmentIsEmpty() {
    assertTraps("d");
  }

  @Test
  void tableIsCopiedToPlacesThatTheSourceDoesNotHave() {
    assertTrue("c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"i", "j", "k", "f", "g", "h", "n"})
  void indicesOfTablesAndSegmentsAreUnsigned(String corner) {
    assertTraps(corner);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s", "w", "b"})
  void addressesDoNotWrapAround(String corner) {
    assertTraps(corner);
  }

  @Test
  void productHas32Bits() {
    assertTrue("p");
  }

  @ParameterizedTest
  @ValueSource(strings = {"u", "v", "m"})
  void unsignedNumberIsRoundedToTheNearest(String corner) {
    assertTrue(corner);
  }

  @Test
  void functionThatEndsWithBlockIsCompiled() throws InvalidModuleException {
    byte[] module = Guests.wasm("block_at_end");
    var compiled = ModuleCompiler.compile(ModuleCheck.check(module).module());
    assertEquals(Set.of(), compiled.interpretedFunctions());
    assertEquals("true", guests.answer(guests.load("block_at_end"), "{}"));
  }

  @Test
  void moduleThatWouldBeInterpretedWronglyIsRefused() {
    byte[] module = Guests.wasm("not_run");
    var refused = assertThrows(InvalidModuleException.class, () -> guests.engine.load(module));
    assertEquals(
        "The module cannot be compiled here, and not be interpreted either, as it has tail calls,"
            + " or blocks that take values or have several results.",
        refused.getMessage());
  }

  private static void assertTrue(String corner) {
    assertEquals("true", guests.answer(compiled, corner), "compiled");
    assertEquals("true", guests.answer(interpreted, corner), "interpreted");
  }

  private static void assertTraps(String corner) {
    for (LoadedFunction corners : List.of(compiled, interpreted)) {
      Outcome outcome = guests.run(corners, Guests.call(corner));
      assertEquals(Reason.TRAP, Guests.failureOf(outcome).reason(), outcome::toString);
    }
  }
}
