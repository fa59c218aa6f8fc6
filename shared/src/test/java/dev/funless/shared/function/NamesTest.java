package dev.funless.shared.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"_", "a", "Z9", "__x__", "0"})
  void acceptsLettersDigitsAndUnderscores(String name) {
    assertTrue(Names.isValid(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a-b", "a/b", "../a", "é", "a\n", "a\u0000", "１", "a."})
  void rejectsEverythingElse(String name) {
    assertFalse(Names.isValid(name));
  }

  @Test
  void boundsTheLength() {
    assertTrue(Names.isValid("x".repeat(160)));
    assertFalse(Names.isValid("x".repeat(161)));
    assertFalse(Names.isValid(null));
  }

  @Test
  void functionsAreTheSameWhenBothNamesAre() {
    assertEquals(new FunctionId("a", "b"), new FunctionId("a", "b"));
    assertNotEquals(new FunctionId("a_", "b"), new FunctionId("a", "_b"));
  }

  @Test
  void functionsAreOrderedByModuleThenName() {
    FunctionId first = new FunctionId("a", "z");
    FunctionId second = new FunctionId("b", "a");
    FunctionId third = new FunctionId("b", "b");

    assertEquals(
        List.of(first, second, third), List.copyOf(new TreeSet<>(List.of(third, first, second))));
  }

  @Test
  void functionsNeedValidNames() {
    assertThrows(IllegalArgumentException.class, () -> new FunctionId("a/b", "c"));
    assertThrows(IllegalArgumentException.class, () -> new FunctionId("a", ""));
  }
}
