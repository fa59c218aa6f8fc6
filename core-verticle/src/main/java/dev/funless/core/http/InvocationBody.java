package dev.funless.core.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of an invocation, {@code {"args": …, "scheduling": …}}, cut into its parts without
 * building a tree: the parts are the bytes that were sent.
 *
 * @param args the arguments' JSON
 * @param scheduling the override's JSON; empty where there is none
 */
record InvocationBody(byte[] args, byte[] scheduling) {

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] NO_ARGS = "{}".getBytes(StandardCharsets.UTF_8);
  private static final InvocationBody ABSENT = new InvocationBody(NO_ARGS, NOTHING);

  /** How deep arguments may nest. */
  private static final int MAX_DEPTH = 512;

  private static final int DECODED_AT_ONCE = 8_192;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // The body's size bounds all of these.
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Bytes are UTF-8, as RFC 8259 says; guessing would lose the offsets.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /**
   * @throws dev.funless.shared.failure.FailureException of category MALFORMED
   */
  static InvocationBody parse(byte[] body) {
    if (body.length == 0) {
      return ABSENT;
    }
    try (JsonParser parser = JSON.createParser(body)) {
      requireUtf8(body);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw JsonBody.malformed("The body must be a JSON object.");
      }
      byte[] args = NO_ARGS;
      byte[] scheduling = NOTHING;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        skip(parser);
        int end = (int) parser.currentLocation().getByteOffset();
        switch (key) {
          case "args" -> args = present(body, start, end, NO_ARGS);
          case "scheduling" -> scheduling = present(body, start, end, NOTHING);
          // FunLess passes over what it does not know, and so do its clients' users expect.
          default -> {}
        }
      }
      if (parser.nextToken() != null) {
        throw JsonBody.malformed("There is more than one JSON value in the body.");
      }
      return new InvocationBody(args, scheduling);
    } catch (IOException e) {
      throw JsonBody.malformed("The body is not valid JSON, or nests too deeply.");
    }
  }

  /** The parser lets some sequences pass that are not UTF-8, such as overlong ones. */
  private static void requireUtf8(byte[] body) throws CharacterCodingException {
    int start = 0;
    while (start < body.length && body[start] >= 0) {
      start++;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(body, start, body.length - start);
    CharBuffer out = CharBuffer.allocate(Math.min(in.remaining() + 1, DECODED_AT_ONCE));
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    if (result.isError()) {
      result.throwException();
    }
  }

  /** Reads a value to its last byte; checks strings and numbers, which are lazy otherwise. */
  private static void skip(JsonParser parser) throws IOException {
    int depth = 0;
    while (true) {
      JsonToken token = parser.currentToken();
      if (token == null) {
        throw new IOException("cut off");
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else {
        parser.finishToken();
      }
      if (depth == 0) {
        return;
      }
      parser.nextToken();
    }
  }

  private static byte[] present(byte[] body, int start, int end, byte[] absent) {
    boolean isNull = end - start == 4 && body[start] == 'n';
    return isNull ? absent : Arrays.copyOfRange(body, start, end);
  }
}
