package dev.funless.core.schedule.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallParametersTest {

  private static final Set<String> NAMES = Set.of("n", "m");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"n\":3}|3",
        "{\"n\":-2.5e1}|-25",
        "{\"n\":0}|0",
        "{\"n\":9007199254740993123456789}|9007199254740993123456789",
        "{\"n\":true}|1",
        "{\"n\":false}|0",
        "{\"n\":null}|0",
        "{\"n\":\"7\"}|0",
        "{\"n\":{\"n\":7}}|0",
        "{\"n\":[]}|0",
        "{\"n\":[1]}|1",
        "{\"n\":[1,[2,3,[4]],{\"n\":[5,6]},\"x\",null]}|5",
        "{\"x\":{\"n\":1},\"n\":2,\"y\":[{\"n\":3}]}|2",
        "{\"n\":1,\"n\":2}|2",
        "{\"n\":1,\"n\":\"x\"}|0",
        "{\"\\u006e\":4}|4",
        "{\"N\":4}|0",
        "{}|0",
        "[{\"n\":4}]|0",
        "4|0",
        "null|0",
        "\" { \\\"n\\\" : 4 } \"|0",
        "' {\n\t\"x\" : \"}\" , \"n\" : 4 } '|4"
      })
  void readsAParameter(String json, double value) {
    assertEquals(value, read(json).applyAsDouble("n"));
  }

  @Test
  void readsThoseThatAreWanted() {
    CallParameters parameters = read("{\"m\":[1,2],\"other\":9,\"n\":3}");

    assertEquals(2, parameters.applyAsDouble("m"));
    assertEquals(3, parameters.applyAsDouble("n"));
    assertEquals(0, parameters.applyAsDouble("other"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "n",
        "{\"n\":1}}",
        "{\"n\":1} {}",
        "{\"n\":1,}",
        "{\"n\":1 \"x\":2}",
        "{n:1}",
        "{\"n\":01}",
        "{\"n\":1,\"x\":[1,}",
        "{\"n\":1,\"x\":[}]}",
        "{\"n\":1,\"x\":nil}",
        "{\"n\":NaN}"
      })
  void whatIsMalformedIsAbsent(String json) {
    assertEquals(0, read(json).applyAsDouble("n"));
  }

  @Test
  void whatIsCutOffIsAbsent() {
    String json = "{\"n\":[1,{\"x\":[true]},\"\\u00e9\"],\"m\":12.5,\"o\":{\"p\":null}}";
    for (int length = 0; length < json.length(); length++) {
      CallParameters parameters = read(json.substring(0, length));

      assertEquals(0, parameters.applyAsDouble("n"), json.substring(0, length));
      assertEquals(0, parameters.applyAsDouble("m"), json.substring(0, length));
    }
    assertEquals(3, read(json).applyAsDouble("n"));
  }

  @Test
  void bytesThatAreNoTextAreAbsent() {
    byte[] json = "{\"n\":1,\"x\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    json[json.length - 3] = (byte) 0xFF;

    assertEquals(0, CallParameters.read(json, Set.of("n", "x")).applyAsDouble("x"));
    assertEquals(0, CallParameters.read(new byte[] {(byte) 0xFE}, NAMES).applyAsDouble("n"));
  }

  @Test
  void nothingIsReadWhereNothingIsWanted() {
    assertSame(
        CallParameters.NONE,
        CallParameters.read("{\"n\":1}".getBytes(StandardCharsets.UTF_8), Set.of()));
  }

  @Test
  void largeArgumentsAreRead() {
    String list = "[" + "{\"n\":[]},".repeat(100_000) + "0]";
    String number = "1" + "0".repeat(100_000);

    assertEquals(100_001, read("{\"n\":" + list + "}").applyAsDouble("n"));
    assertEquals(Double.POSITIVE_INFINITY, read("{\"n\":" + number + "}").applyAsDouble("n"));
    assertEquals(1, read("{\"x\":" + number + ",\"n\":1}").applyAsDouble("n"));
    assertEquals(
        1, read("{\"x\":" + "[".repeat(510) + "]".repeat(510) + ",\"n\":1}").applyAsDouble("n"));
  }

  private static CallParameters read(String json) {
    return CallParameters.read(json.getBytes(StandardCharsets.UTF_8), NAMES);
  }
}
