package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  @Test
  void showsMemberExactlyAsItCame() {
    Json json = new Json(" { \"a\" : [1, 2] , \"data\":{\"x\": \"},\\\"{\", \"y\" :null} } ");
    assertEquals(
        Optional.of("{\"x\": \"},\\\"{\", \"y\" :null}"), json.member("data").map(Json::text));
    assertEquals(Optional.of("[1, 2]"), json.member("a").map(Json::text));
    assertEquals(Optional.empty(), json.member("x"));
  }

  @Test
  void splitsArraysAtTheirOwnLevelOnly() {
    assertEquals(
        List.of("[1,2]", "{\"a\":[3,4]}", "\",\"", "5"),
        new Json("[[1,2], {\"a\":[3,4]},\",\" ,5]").elements().stream().map(Json::text).toList());
    assertEquals(List.of(), new Json("[ ]").elements());
    assertEquals(0, new Json("{}").members().size());
  }

  @Test
  void readsEscapes() {
    assertEquals(
        "a\"b\\c/\b\f\n\r\té", new Json("\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\\u00e9\"").string());
    assertEquals("", new Json("\"\"").string());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "[1", "{\"a\"}", "{a:1}", "{\"a:1}", "<html>"})
  void refusesWhatIsNoObject(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Json(text).members());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "7", "\"a\" ,\"b\"", "\"a\\\""})
  void refusesWhatIsNoString(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Json(text).string());
  }
}
