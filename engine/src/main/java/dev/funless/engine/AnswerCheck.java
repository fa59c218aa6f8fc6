package dev.funless.engine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether an answer is one JSON value in UTF-8, as RFC 8259 has it. Reads it through once and
 * builds nothing: every answer of every call passes here.
 */
final class AnswerCheck {

  static final int NESTING = 500;

  private static final int END = -1;

  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NULL = ascii("null");

  private final byte[] json;
  private int at;

  /** A bit for each value that is open: whether it is an object. */
  private final long[] objects = new long[NESTING / Long.SIZE + 1];

  private int depth;

  private AnswerCheck(byte[] json) {
    this.json = json;
  }

  /** What is wrong with it, as the end of a sentence; empty where nothing is. */
  static Optional<String> wrong(byte[] answer) {
    try {
      new AnswerCheck(answer).whole();
      return Optional.empty();
    } catch (Wrong e) {
      return Optional.of(e.getMessage());
    }
  }

  private void whole() throws Wrong {
    if (next() == END) {
      throw new Wrong("is empty, not JSON");
    }
    do {
      startOfValue();
    } while (!endsOfValues());
    if (next() != END) {
      throw startsValue(next()) ? new Wrong("is more than one JSON value") : unexpected();
    }
  }

  /** Reads a value, or down to its first part that has no parts. */
  private void startOfValue() throws Wrong {
    while (true) {
      switch (next()) {
        case '{' -> {
          open(true);
          if (next() == '}') {
            return;
          }
          name();
        }
        case '[' -> {
          open(false);
          if (next() == ']') {
            return;
          }
        }
        case '"' -> {
          string();
          return;
        }
        case 't' -> {
          literal(TRUE);
          return;
        }
        case 'f' -> {
          literal(FALSE);
          return;
        }
        case 'n' -> {
          literal(NULL);
          return;
        }
        default -> {
          number();
          return;
        }
      }
    }
  }

  /** Reads what may follow a value: ends of those that it is in; false where one goes on. */
  private boolean endsOfValues() throws Wrong {
    while (depth > 0) {
      boolean object = inObject();
      int next = next();
      if (next == ',') {
        at++;
        if (object) {
          name();
        }
        return false;
      }
      if (next != (object ? '}' : ']')) {
        throw unexpected();
      }
      at++;
      depth--;
    }
    return true;
  }

  private void open(boolean object) throws Wrong {
    if (depth == NESTING) {
      throw new Wrong("is nested more than " + NESTING + " values deep");
    }
    long bit = 1L << depth;
    int word = depth / Long.SIZE;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
    at++;
  }

  private boolean inObject() {
    return (objects[(depth - 1) / Long.SIZE] & 1L << (depth - 1)) != 0;
  }

  private void name() throws Wrong {
    if (next() != '"') {
      throw unexpected();
    }
    string();
    if (next() != ':') {
      throw unexpected();
    }
    at++;
  }

  private void string() throws Wrong {
    at++;
    while (true) {
      int next = here();
      if (next >= ' ' && next < 0x80 && next != '"' && next != '\\') {
        at++;
      } else if (next == '"') {
        at++;
        return;
      } else if (next == '\\') {
        escape();
      } else if (next >= 0x80) {
        character(next);
      } else {
        throw unexpected();
      }
    }
  }

  private void escape() throws Wrong {
    at++;
    int kind = here();
    if (kind == 'u') {
      for (int i = 0; i < 4; i++) {
        at++;
        if (Character.digit(here(), 16) < 0 || here() >= 0x80) {
          throw unexpected();
        }
      }
    } else if (kind == END || "\"\\/bfnrt".indexOf(kind) < 0) {
      throw unexpected();
    }
    at++;
  }

  /** A character of two to four bytes: whole, not longer than it has to be, no surrogate. */
  private void character(int lead) throws Wrong {
    int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    int point = lead & (0x7F >> size);
    for (int i = 1; i < size; i++) {
      int next = at + i < json.length ? json[at + i] & 0xFF : 0;
      if ((next & 0xC0) != 0x80) {
        throw new Wrong("is not UTF-8");
      }
      point = point << 6 | (next & 0x3F);
    }
    int least = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (lead < 0xC0
        || lead > 0xF4
        || point < least
        || point > Character.MAX_CODE_POINT
        || surrogate) {
      throw new Wrong("is not UTF-8");
    }
    at += size;
  }

  private void literal(byte[] expected) throws Wrong {
    for (byte each : expected) {
      if (here() != each) {
        throw unexpected();
      }
      at++;
    }
  }

  private void number() throws Wrong {
    if (here() == '-') {
      at++;
    }
    if (here() == '0') {
      at++;
    } else {
      digits();
    }
    if (here() == '.') {
      at++;
      digits();
    }
    if (here() == 'e' || here() == 'E') {
      at++;
      if (here() == '+' || here() == '-') {
        at++;
      }
      digits();
    }
  }

  /** At least one. */
  private void digits() throws Wrong {
    if (!isDigit(here())) {
      throw unexpected();
    }
    while (isDigit(here())) {
      at++;
    }
  }

  /** The byte that is read next; END behind the last. */
  private int here() {
    return at < json.length ? json[at] & 0xFF : END;
  }

  /** Likewise, behind white space. */
  private int next() {
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
    return here();
  }

  private static boolean isSpace(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  private static boolean isDigit(int next) {
    return next >= '0' && next <= '9';
  }

  private static boolean startsValue(int next) {
    return "{[\"tfn-".indexOf(next) >= 0 || isDigit(next);
  }

  private Wrong unexpected() {
    int here = here();
    if (here == END) {
      return new Wrong("is not JSON: it ends in the middle of a value");
    }
    if (here >= 0x80 && at == 0 && json.length >= 3 && (json[2] & 0xFF) == 0xBF && here == 0xEF) {
      return new Wrong("is not JSON: it starts with a byte order mark");
    }
    String what = here > ' ' && here < 0x7F ? "'" + (char) here + "'" : "the byte " + here;
    return new Wrong("is not JSON: " + what + " is not expected at byte " + at);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Ends the reading; without a stack trace, as nothing went wrong here. */
  private static final class Wrong extends Exception {
    Wrong(String what) {
      super(what, null, false, false);
    }
  }
}
