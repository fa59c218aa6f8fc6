package dev.funless.core.connector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.funless.core.input.StrictJson;
import dev.funless.core.input.Texts;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * The parameters of events and sinks as JSON: as users send them, as they are stored, and as they
 * are shown. They are records whose components are the keys, in snake case; a key that may be left
 * out is an {@code Optional}; what is secret is a {@link Secret}. A compact constructor rejects
 * what makes no sense by an {@link IllegalArgumentException} with a sentence for the user.
 * Thread-safe.
 */
public final class ParametersJson {

  private final JsonMapper sent = mapper(UnaryOperator.identity(), _ -> Secret.HIDDEN);
  private final JsonMapper stored;

  public ParametersJson(Vault vault) {
    this.stored = mapper(vault::decrypt, vault::encrypt);
  }

  private static JsonMapper mapper(UnaryOperator<String> read, UnaryOperator<String> write) {
    SimpleModule secrets =
        new SimpleModule()
            .addDeserializer(Secret.class, new SecretReader(read))
            .addSerializer(Secret.class, new SecretWriter(write));
    return StrictJson.builder()
        .addModule(secrets)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  /** What a user sent. */
  public <P extends Record> P parse(JsonNode params, Class<P> type)
      throws InvalidParametersException {
    try {
      return sent.treeToValue(params, type);
    } catch (JsonProcessingException e) {
      throw new InvalidParametersException(sentence(e));
    }
  }

  /** As {@link #stored} made it; what cannot be decrypted is told by the message. */
  public <P extends Record> P parseStored(String json, Class<P> type)
      throws InvalidParametersException {
    try {
      return stored.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new InvalidParametersException(sentence(e));
    }
  }

  /** Secrets encrypted. */
  public String stored(Record parameters) {
    try {
      return stored.writeValueAsString(parameters);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Secrets hidden. */
  public String shown(Record parameters) {
    try {
      return sent.writeValueAsString(parameters);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sentence(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "There is no parameter '" + Texts.abridged(unknown.getPropertyName()) + "'.";
    }
    if (e.getCause() instanceof IllegalArgumentException rule && rule.getMessage() != null) {
      return rule.getMessage();
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "The parameter '"
          + Texts.abridged(mapping.getPath().getFirst().getFieldName())
          + "' is missing or cannot be used.";
    }
    return "The parameters must be an object.";
  }

  private static final class SecretReader extends StdDeserializer<Secret> {

    private static final long serialVersionUID = 1L;

    private final transient UnaryOperator<String> clear;

    SecretReader(UnaryOperator<String> clear) {
      super(Secret.class);
      this.clear = clear;
    }

    @Override
    public Secret deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return (Secret) context.handleUnexpectedToken(Secret.class, parser);
      }
      return new Secret(clear.apply(parser.getText()));
    }
  }

  private static final class SecretWriter extends StdSerializer<Secret> {

    private static final long serialVersionUID = 1L;

    private final transient UnaryOperator<String> written;

    SecretWriter(UnaryOperator<String> written) {
      super(Secret.class);
      this.written = written;
    }

    @Override
    public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(written.apply(secret.value()));
    }
  }
}
