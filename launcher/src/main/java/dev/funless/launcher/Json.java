package dev.funless.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON text, taken apart one level at a time, so that what is inside can be shown exactly as it
 * came. Only well-formed texts of the platform's own cores are expected; anything else is an {@link
 * IllegalArgumentException}, or passes as it is where it is nested.
 */
record Json(String text) {

  Json {
    text = text.strip();
  }

  /** The member of this object. */
  Optional<Json> member(String name) {
    return Optional.ofNullable(members().get(name));
  }

  /** The members of this object. */
  Map<String, Json> members() {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String part : parts('{', '}')) {
      int end = endOfString(part, 0);
      int colon = part.indexOf(':', end);
      if (colon < 0) {
        throw new IllegalArgumentException("no value in " + part);
      }
      members.put(new Json(part.substring(0, end)).string(), new Json(part.substring(colon + 1)));
    }
    return members;
  }

  /** The elements of this array. */
  List<Json> elements() {
    return parts('[', ']').stream().map(Json::new).toList();
  }

  /** This string. */
  String string() {
    if (text.length() < 2 || endOfString(text, 0) != text.length()) {
      throw new IllegalArgumentException("no string: " + text);
    }
    StringBuilder plain = new StringBuilder();
    int i = 1;
    while (i < text.length() - 1) {
      char c = text.charAt(i);
      if (c == '\\' && text.charAt(i + 1) == 'u') {
        plain.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
        i += 6;
      } else if (c == '\\') {
        plain.append(unescaped(text.charAt(i + 1)));
        i += 2;
      } else {
        plain.append(c);
        i++;
      }
    }
    return plain.toString();
  }

  private static char unescaped(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** What stands between the commas of this level. */
  private List<String> parts(char open, char close) {
    if (text.length() < 2 || text.charAt(0) != open || text.charAt(text.length() - 1) != close) {
      throw new IllegalArgumentException("no " + open + close + ": " + text);
    }
    String inside = text.substring(1, text.length() - 1).strip();
    List<String> parts = new ArrayList<>();
    int start = 0;
    int depth = 0;
    int i = 0;
    while (i < inside.length()) {
      char c = inside.charAt(i);
      if (c == '"') {
        i = endOfString(inside, i);
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(inside.substring(start, i).strip());
        start = i + 1;
      }
      i++;
    }
    if (!inside.isEmpty()) {
      parts.add(inside.substring(start).strip());
    }
    return parts;
  }

  /** Where the string that begins at {@code start} ends, behind its closing quote. */
  private static int endOfString(String text, int start) {
    if (text.isEmpty() || text.charAt(start) != '"') {
      throw new IllegalArgumentException("no string: " + text);
    }
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      i += c == '\\' ? 2 : 1;
    }
    throw new IllegalArgumentException("unfinished string: " + text);
  }
}
