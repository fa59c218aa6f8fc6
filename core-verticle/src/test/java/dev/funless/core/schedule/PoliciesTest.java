package dev.funless.core.schedule;

import static dev.funless.core.schedule.Situations.chance;
import static dev.funless.core.schedule.Situations.needing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

  /** A configuration with a key that must be there and one that may. */
  record Limited(int maxCalls, Optional<String> tag) implements PolicyConfig {
    Limited {
      if (maxCalls < 1) {
        throw new IllegalArgumentException("max_calls must be at least 1");
      }
    }
  }

  private final Policies policies =
      Policies.with(
          new PolicyType<>(
              "limited",
              Limited.class,
              (config, _, _, _) -> new Selection.None("limited to " + config.maxCalls())));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"language\":\"none\"}",
        "{\"language\":\"default\"}",
        "{}",
        " { \"language\" : \"none\" } "
      })
  void theDefaultPolicyHasNoKeys(String json) throws InvalidSchedulingException {
    assertEquals(Policies.DEFAULT, parse(json));
  }

  /** FunLess's clients send one with every language. */
  @Test
  void theDefaultPolicyPassesOverAScript() throws InvalidSchedulingException {
    assertEquals(
        new DefaultConfig(Optional.of("x")), parse("{\"language\":\"none\",\"script\":\"x\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"language\":\"none\"}",
        "{\"language\":\"app\",\"script\":\"s\"}",
        "{\"language\":\"hash\",\"key\":\"a.b\"}",
        "{\"language\":\"round-robin\"}",
        "{\"language\":\"warm-first\"}"
      })
  void writesAConfigurationAsItWasRead(String json) throws InvalidSchedulingException {
    assertEquals(json, policies.toJson(parse(json)));
  }

  @Test
  void readsTheKeysOfALanguage() throws InvalidSchedulingException {
    assertEquals(
        new Limited(3, Optional.of("x")),
        parse("{\"tag\":\"x\",\"max_calls\":3,\"language\":\"limited\"}"));
    assertEquals(
        new Limited(3, Optional.empty()), parse("{\"language\":\"limited\",\"max_calls\":3}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"language\":\"none2\"}|scheduling: there is no language 'none2'.",
        "{\"language\":\"app\"}|scheduling: script must name a script.",
        "{\"language\":\"app\",\"script\":\"a b\"}|scheduling: script must name a script.",
        "{\"language\":\"hash\"}|scheduling: key must name a place in the arguments, such as"
            + " customer.id.",
        "{\"language\":\"round-robin\",\"x\":1}|scheduling: there is no key 'x'.",
        "{\"language\":1}|scheduling: language must be a text.",
        "{\"language\":null}|scheduling: language must be a text.",
        "{\"script\":\"x\"}|scheduling: language must be a text.",
        "{\"language\":\"none\",\"tag\":\"x\"}|scheduling: there is no key 'tag'.",
        "{\"language\":\"none\",\"language\":\"none\"}|scheduling: is not valid JSON.",
        "{\"language\":\"none\"}{}|scheduling: is not valid JSON.",
        "{\"language\"|scheduling: is not valid JSON.",
        "[]|scheduling: must be an object.",
        "null|scheduling: must be an object.",
        "\"none\"|scheduling: must be an object.",
        "''|scheduling: must be an object.",
        "{\"language\":\"limited\",\"max_calls\":0}|scheduling: max_calls must be at least 1",
        "{\"language\":\"limited\"}|scheduling: the value of 'max_calls' cannot be used.",
        "{\"language\":\"limited\",\"max_calls\":null}|scheduling: the value of 'max_calls' cannot"
            + " be used.",
        "{\"language\":\"limited\",\"max_calls\":\"3\"}|scheduling: the value of 'max_calls' cannot"
            + " be used.",
        "{\"language\":\"limited\",\"max_calls\":3.5}|scheduling: the value of 'max_calls' cannot"
            + " be used.",
        "{\"language\":\"limited\",\"max_calls\":3,\"maxCalls\":3}|scheduling: there is no key"
            + " 'maxCalls'."
      })
  void saysWhatIsWrong(String json, String sentence) {
    InvalidSchedulingException e =
        assertThrows(InvalidSchedulingException.class, () -> parse(json));

    assertEquals(sentence, e.getMessage());
  }

  @Test
  void rejectsDeeplyNestedJson() {
    for (int depth : new int[] {999, 2_000, 200_000}) {
      String json = "{\"language\":\"none\",\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

      assertThrows(InvalidSchedulingException.class, () -> parse(json));
    }
  }

  @Test
  void repeatsOnlyTheStartOfALongName() {
    InvalidSchedulingException e =
        assertThrows(
            InvalidSchedulingException.class,
            () -> parse("{\"language\":\"" + "x".repeat(10_000) + "\"}"));

    assertTrue(e.getMessage().length() < 100, e.getMessage());
  }

  @Test
  void theTypeOfTheConfigurationPicksThePolicy() {
    List<Worker> workers = List.of(FixedWorker.named("a"));

    Selection limited =
        policies.select(new Limited(7, Optional.empty()), workers, needing(1), chance(1));
    Selection byDefault = policies.select(Policies.DEFAULT, workers, needing(1), chance(1));

    assertEquals(new Selection.None("limited to 7"), limited);
    assertInstanceOf(Selection.Chosen.class, byDefault);
  }

  @Test
  void twoPoliciesMayNotShareALanguageOrAConfiguration() {
    PolicyType<Limited> sameLanguage =
        new PolicyType<>("none", Limited.class, (_, _, _, _) -> new Selection.None(""));
    PolicyType<DefaultConfig> sameConfig =
        new PolicyType<>("other", DefaultConfig.class, new DefaultPolicy());

    assertThrows(IllegalArgumentException.class, () -> Policies.with(sameLanguage));
    assertThrows(IllegalArgumentException.class, () -> Policies.with(sameConfig));
  }

  private PolicyConfig parse(String json) throws InvalidSchedulingException {
    return policies.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
