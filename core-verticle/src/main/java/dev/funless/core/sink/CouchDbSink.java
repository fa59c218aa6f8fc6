package dev.funless.core.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * Posts the bare result as a document whose {@code _id} is the invocation's id, so a second
 * delivery is a conflict and not a second document. What cannot be a document so, since it is no
 * object or has keys of its own that begin with {@code _}, becomes {@code {"_id": …, "result": …}}.
 *
 * <p>Failures are not sent: what is in the database are functions' answers alone.
 */
final class CouchDbSink implements SinkType<CouchDbParameters> {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int CONFLICT = 409;

  private final Vertx vertx;
  private final HttpSender sender;

  CouchDbSink(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.sender = new HttpSender(vertx, patience);
  }

  @Override
  public String name() {
    return "couchdb";
  }

  @Override
  public Class<CouchDbParameters> parameters() {
    return CouchDbParameters.class;
  }

  @Override
  public Future<Void> deliver(CouchDbParameters parameters, Result result) {
    if (!result.isOk()) {
      return Future.succeededFuture();
    }
    return Bodies.made(vertx, result, () -> document(result))
        .compose(
            document ->
                sender.post(
                    server(parameters),
                    authorization(parameters),
                    document,
                    status -> status == 201 || status == 202 || status == CONFLICT));
  }

  /**
   * By a look at the database. What answers otherwise than CouchDB may take documents all the same.
   */
  @Override
  public Future<Void> reach(CouchDbParameters parameters) {
    return sender
        .get(server(parameters), authorization(parameters))
        .compose(
            status ->
                switch (status) {
                  case 401, 403 -> refused("It refuses username or password", status);
                  case 404 -> refused("There is no such database", status);
                  default -> Future.succeededFuture();
                });
  }

  private static Future<Void> refused(String why, int status) {
    return Future.failedFuture(why + ": it answered " + status + ".");
  }

  private static HttpSender.Server server(CouchDbParameters parameters) {
    return new HttpSender.Server(URI.create(parameters.url()), parameters.ca());
  }

  private static Map<String, String> authorization(CouchDbParameters parameters) {
    return parameters
        .username()
        .flatMap(name -> parameters.password().map(password -> name + ":" + password.value()))
        .map(
            pair ->
                Map.of(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(pair.getBytes(StandardCharsets.UTF_8))))
        .orElse(Map.of());
  }

  static Buffer document(Result result) {
    String answer = result.json().strip();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(answer.length() + 128);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("_id", result.invocationId());
      if (isDocument(answer)) {
        String members = answer.substring(1, answer.length() - 1);
        json.writeRaw(members.isBlank() ? "" : "," + members);
      } else {
        json.writeFieldName("result");
        json.writeRawValue(answer);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** Whether it is an object without keys that are CouchDB's. */
  private static boolean isDocument(String answer) throws IOException {
    try (JsonParser parser = JSON.createParser(answer)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.currentName().startsWith("_")) {
          return false;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return true;
    }
  }
}
