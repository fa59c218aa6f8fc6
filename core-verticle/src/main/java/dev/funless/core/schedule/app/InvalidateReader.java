package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.AppScript.Invalidate;
import dev.funless.core.schedule.app.Yaml.Items;
import dev.funless.core.schedule.app.Yaml.Keys;
import dev.funless.core.schedule.app.Yaml.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code invalidate}: a map, the word {@code overload}, or a list of these. */
final class InvalidateReader {

  private static final String KEY = "invalidate";
  private static final String CAPACITY = "capacity_used";
  private static final String INVOCATIONS = "max_concurrent_invocations";
  private static final String OVERLOAD = "overload";
  private static final String LATENCY = "max_latency";
  private static final Set<String> KEYS = Set.of(CAPACITY, INVOCATIONS, OVERLOAD, LATENCY);

  /** So many digits are exact as a {@code double}. */
  private static final int MAX_DIGITS = 15;

  private static final Pattern DECIMAL = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]+");

  private final Place place;
  private final Map<String, Field> conditions = new LinkedHashMap<>();

  private InvalidateReader(Place place) {
    this.place = place;
  }

  /** Empty where {@code fields} have no {@code invalidate}. */
  static Optional<Invalidate> read(Map<String, Field> fields, Place place)
      throws InvalidScriptException {
    Field field = fields.get(KEY);
    return field == null ? Optional.empty() : Optional.of(new InvalidateReader(place).all(field));
  }

  private Invalidate all(Field field) throws InvalidScriptException {
    if (field.value() instanceof Items list) {
      for (Yaml item : list.items()) {
        collect(item);
      }
    } else {
      collect(field.value());
    }
    return new Invalidate(field.line(), capacity(), invocations(), overload(), latency());
  }

  private void collect(Yaml node) throws InvalidScriptException {
    switch (node) {
      case Keys map -> {
        for (Map.Entry<String, Field> field : Field.known(map, KEYS, place).entrySet()) {
          add(field.getKey(), field.getValue());
        }
      }
      case Text text when text.value().equals(OVERLOAD) ->
          add(OVERLOAD, new Field(text.line(), new Text(text.line(), "true", true)));
      case Text _ -> throw neither(node);
      case Items _ -> throw neither(node);
    }
  }

  private InvalidScriptException neither(Yaml node) {
    return place.wrong(
        node.line(),
        "'invalidate' must hold conditions or the word overload" + Shown.insteadOf(node) + ".");
  }

  private void add(String key, Field field) throws InvalidScriptException {
    if (conditions.putIfAbsent(key, field) != null) {
      throw place.wrong(field.line(), "the key '" + key + "' is given twice.");
    }
  }

  private double capacity() throws InvalidScriptException {
    Field field = conditions.get(CAPACITY);
    if (field == null) {
      return Double.POSITIVE_INFINITY;
    }
    String text = text(field);
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    if (isNumber(DECIMAL, number) && Double.parseDouble(number) <= 100) {
      return Double.parseDouble(number);
    }
    throw mustBe(CAPACITY, "a percentage from 0 to 100 in at most 15 digits", field);
  }

  private int invocations() throws InvalidScriptException {
    Field field = conditions.get(INVOCATIONS);
    if (field == null) {
      return Integer.MAX_VALUE;
    }
    String text = text(field);
    if (isNumber(WHOLE, text) && Long.parseLong(text) <= Integer.MAX_VALUE) {
      return Integer.parseInt(text);
    }
    throw mustBe(INVOCATIONS, "a whole number from 0 to 2147483647", field);
  }

  private boolean overload() throws InvalidScriptException {
    Field field = conditions.get(OVERLOAD);
    if (field == null) {
      return false;
    }
    if (field.value() instanceof Text text && text.isNull()) {
      return true;
    }
    return switch (text(field)) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> throw mustBe(OVERLOAD, "true or false", field);
    };
  }

  private double latency() throws InvalidScriptException {
    Field field = conditions.get(LATENCY);
    if (field == null) {
      return Double.POSITIVE_INFINITY;
    }
    String text = text(field);
    if (isNumber(DECIMAL, text)) {
      return Double.parseDouble(text);
    }
    throw mustBe(LATENCY, "a number of milliseconds, 0 or more, in at most 15 digits", field);
  }

  /** Empty, which is no value of any condition, for what is no text. */
  private static String text(Field field) {
    return field.value() instanceof Text text ? text.value() : "";
  }

  /** Without signs, exponents and other bases, so that a bound is what it looks like. */
  private static boolean isNumber(Pattern form, String text) {
    return text.length() <= MAX_DIGITS + 1
        && form.matcher(text).matches()
        && text.replace(".", "").length() <= MAX_DIGITS;
  }

  private InvalidScriptException mustBe(String key, String what, Field field) {
    return place.wrong(
        field.value().line(),
        "'" + key + "' must be " + what + Shown.insteadOf(field.value()) + ".");
  }
}
