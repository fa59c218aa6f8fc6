package dev.funless.core.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.funless.core.input.StrictJson;
import dev.funless.core.input.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All policies of a core, found by language and by the type of a configuration. Thread-safe. */
public final class Policies {

  /** One line for each policy. */
  private static final List<PolicyType<?>> BUILT_IN =
      List.of(
          new PolicyType<>("none", DefaultConfig.class, new DefaultPolicy()),
          new PolicyType<>("least-loaded", LeastLoadedConfig.class, new LeastLoadedPolicy()),
          new PolicyType<>("power-of-two", PowerOfTwoConfig.class, new PowerOfTwoPolicy()),
          new PolicyType<>("round-robin", RoundRobinConfig.class, new RoundRobinPolicy()),
          new PolicyType<>("warm-first", WarmFirstConfig.class, new WarmFirstPolicy()),
          new PolicyType<>("hash", HashConfig.class, new HashPolicy()),
          new PolicyType<>("wasm", WasmConfig.class, new WasmPolicy()),
          new PolicyType<>("app", AppConfig.class, new AppPolicy()));

  /** What a function without any {@code scheduling} gets. */
  public static final PolicyConfig DEFAULT = new DefaultConfig(Optional.empty());

  private static final JsonMapper MAPPER =
      StrictJson.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, PolicyType<?>> byLanguage = new HashMap<>();
  private final Map<Class<?>, PolicyType<?>> byConfig = new HashMap<>();

  private Policies(List<PolicyType<?>> types) {
    for (PolicyType<?> type : types) {
      if (byLanguage.put(type.language(), type) != null
          || byConfig.put(type.configType(), type) != null) {
        throw new IllegalArgumentException(
            "two policies share a language or a configuration: " + type.language());
      }
    }
    byLanguage.putIfAbsent("default", byConfig.get(DefaultConfig.class));
  }

  /** The policies that the platform comes with. */
  public static Policies builtIn() {
    return new Policies(BUILT_IN);
  }

  /** The same and one's own. */
  public static Policies with(PolicyType<?>... types) {
    List<PolicyType<?>> all = new ArrayList<>(BUILT_IN);
    all.addAll(List.of(types));
    return new Policies(all);
  }

  /**
   * Reads a {@code scheduling} object.
   *
   * @param json in UTF-8
   * @throws InvalidSchedulingException that says in one sentence what is wrong
   */
  public PolicyConfig parse(byte[] json) throws InvalidSchedulingException {
    ObjectNode keys = object(json);
    JsonNode language = keys.remove("language");
    if (language == null && keys.isEmpty()) {
      return DEFAULT;
    }
    if (language == null || !language.isTextual()) {
      throw new InvalidSchedulingException("scheduling: language must be a text.");
    }
    PolicyType<?> type = byLanguage.get(language.textValue());
    if (type == null) {
      throw new InvalidSchedulingException(
          "scheduling: there is no language '" + Texts.abridged(language.textValue()) + "'.");
    }
    try {
      return MAPPER.treeToValue(keys, type.configType());
    } catch (JsonProcessingException e) {
      throw new InvalidSchedulingException("scheduling: " + sentence(e));
    }
  }

  /** As {@link #parse}; absent where it cannot be used. */
  public Optional<PolicyConfig> known(String json) {
    try {
      return Optional.of(parse(json.getBytes(StandardCharsets.UTF_8)));
    } catch (InvalidSchedulingException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode object(byte[] json) throws InvalidSchedulingException {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new InvalidSchedulingException("scheduling: is not valid JSON.");
    }
    throw new InvalidSchedulingException("scheduling: must be an object.");
  }

  private static String sentence(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no key '" + Texts.abridged(unknown.getPropertyName()) + "'.";
    }
    Throwable cause = e.getCause();
    if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
      return cause.getMessage();
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "the value of '" + mapping.getPath().getFirst().getFieldName() + "' cannot be used.";
    }
    return "the keys cannot be used.";
  }

  /** A configuration as a user would write it. */
  public String toJson(PolicyConfig config) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("language", byConfig.get(config.getClass()).language());
    json.setAll((ObjectNode) MAPPER.valueToTree(config));
    return json.toString();
  }

  /** Lets the policy decide that the configuration's type picks. */
  public Selection select(
      PolicyConfig config, List<Worker> workers, Call call, Circumstances circumstances) {
    return select(byConfig.get(config.getClass()), config, workers, call, circumstances);
  }

  private static <C extends PolicyConfig> Selection select(
      PolicyType<C> type,
      PolicyConfig config,
      List<Worker> workers,
      Call call,
      Circumstances circumstances) {
    return type.policy().select(type.configType().cast(config), workers, call, circumstances);
  }
}
