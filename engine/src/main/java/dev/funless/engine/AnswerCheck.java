package dev.funless.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether an answer is one JSON value in UTF-8. Reads it through once and builds nothing. */
final class AnswerCheck {

  static final int NESTING = 500;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Names of answers must not stay behind in the JVM's table of strings.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private AnswerCheck() {}

  /** What is wrong with it, as the end of a sentence; empty where nothing is. */
  static Optional<String> wrong(byte[] answer) {
    if (!isUtf8(answer)) {
      return Optional.of("is not UTF-8");
    }
    for (byte each : answer) {
      // The parser would take zeros for UTF-16.
      if (each == 0) {
        return Optional.of("is not JSON: it contains a zero byte");
      }
    }
    try (JsonParser parser = JSON.createParser(answer)) {
      if (answer.length > 0 && answer[0] == (byte) 0xEF) {
        return Optional.of("is not JSON: it starts with a byte order mark");
      }
      if (parser.nextToken() == null) {
        return Optional.of("is empty, not JSON");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        return Optional.of("is more than one JSON value");
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of("is not JSON: " + shortened(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(Math.min(bytes.length + 1, 8192));
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isError()) {
        return false;
      }
      if (result.isUnderflow()) {
        return true;
      }
      out.clear();
    }
  }

  private static String shortened(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() > 160 ? line.substring(0, 160) : line;
  }
}
