package dev.funless.bench.engine.guests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * What a JSON document holds, found by another parser than those of the guests, which answer it.
 *
 * @param strings the strings, keys included
 * @param bytes the length of all strings, decoded, in UTF-8
 * @param hash FNV-1a over the bytes of all strings, in the order of the document
 * @param hundredths the sum of all numbers, each rounded to hundredths, in hundredths
 * @param depth how deep arrays and objects are nested
 */
record DocumentFacts(
    int objects,
    int arrays,
    int strings,
    int bytes,
    int hash,
    int numbers,
    long hundredths,
    int trues,
    int nulls,
    int depth) {

  private static final JsonFactory JSON = new JsonFactory();

  static DocumentFacts of(String document) throws IOException {
    Gathering gathering = new Gathering();
    try (JsonParser parser = JSON.createParser(document)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        gathering.take(token, parser);
      }
    }
    return gathering.facts();
  }

  /** What the C function answers: it counts its calls in memory and in a global. */
  String functionAnswer() {
    return "{\"memory\":1,\"global\":1," + members() + "}";
  }

  /** What the Rust command answers: it counts its calls in memory. */
  String commandAnswer() {
    return "{\"memory\":1," + members() + "}";
  }

  private String members() {
    return ("\"objects\":%d,\"arrays\":%d,\"strings\":%d,\"bytes\":%d,\"hash\":%s,\"numbers\":%d,"
            + "\"hundredths\":%d,\"trues\":%d,\"nulls\":%d,\"depth\":%d")
        .formatted(
            objects,
            arrays,
            strings,
            bytes,
            Integer.toUnsignedString(hash),
            numbers,
            hundredths,
            trues,
            nulls,
            depth);
  }

  private static final class Gathering {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private int objects;
    private int arrays;
    private int strings;
    private int bytes;
    private int hash = 0x811c9dc5;
    private int numbers;
    private long hundredths;
    private int trues;
    private int nulls;
    private int nesting;
    private int depth;

    void take(JsonToken token, JsonParser parser) throws IOException {
      switch (token) {
        case START_OBJECT -> {
          objects++;
          enter();
        }
        case START_ARRAY -> {
          arrays++;
          enter();
        }
        case END_OBJECT, END_ARRAY -> nesting--;
        case FIELD_NAME, VALUE_STRING -> string(parser.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          numbers++;
          hundredths += Math.round(parser.getDecimalValue().multiply(HUNDRED).doubleValue());
        }
        case VALUE_TRUE -> trues++;
        case VALUE_NULL -> nulls++;
        case VALUE_FALSE, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {
          // Not counted; the last two do not occur in text that is there as a whole.
        }
      }
    }

    DocumentFacts facts() {
      return new DocumentFacts(
          objects, arrays, strings, bytes, hash, numbers, hundredths, trues, nulls, depth);
    }

    private void enter() {
      nesting++;
      depth = Math.max(depth, nesting);
    }

    private void string(String text) {
      strings++;
      for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
        bytes++;
        hash = (hash ^ (each & 0xff)) * 16777619;
      }
    }
  }
}
