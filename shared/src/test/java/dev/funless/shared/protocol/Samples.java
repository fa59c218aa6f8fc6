package dev.funless.shared.protocol;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionLimits;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fills any record with values of a kind, and compares records down to the bytes of arrays. */
enum Samples {
  /** The least of everything: nothing in lists, nothing in texts, 0. */
  EMPTY,
  /** Ordinary values. */
  FULL,
  /** Texts of several scripts, all byte values, the largest numbers. */
  EXTREME;

  <T> T of(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == Optional.class) {
        return this == EMPTY ? Optional.empty() : Optional.of(value(last));
      }
      if (generic.getRawType() == Map.class) {
        return this == EMPTY ? Map.of() : Map.of(text() + "1", text(), text() + "2", "");
      }
      return this == EMPTY ? List.of() : List.of(value(last), value(last));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == FunctionId.class) {
      return this == EMPTY
          ? new FunctionId("_", "f")
          : new FunctionId("m".repeat(160), "F_9".repeat(40));
    }
    if (plain == FunctionLimits.class) {
      return this == EMPTY
          ? new FunctionLimits(1, 0, 0, 0, 1, 0, 0, 0)
          : new FunctionLimits(Long.MAX_VALUE, Long.MAX_VALUE, 3, 4, Integer.MAX_VALUE, 5, 6, 7);
    }
    if (plain.isRecord()) {
      return filled(plain);
    }
    if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[this == EMPTY ? 0 : constants.length - 1];
    }
    return plain(plain);
  }

  private Object plain(Class<?> type) {
    return switch (type.getName()) {
      case "java.lang.String" -> text();
      case "[B" -> bytes();
      case "boolean" -> this != EMPTY;
      case "int" -> number().intValue();
      case "long" -> number();
      case "double" -> this == EXTREME ? Double.MIN_VALUE : number().doubleValue();
      default -> throw new IllegalArgumentException("no sample of " + type);
    };
  }

  private Long number() {
    return switch (this) {
      case EMPTY -> 0L;
      case FULL -> 42L;
      case EXTREME -> Long.MAX_VALUE;
    };
  }

  private String text() {
    return switch (this) {
      case EMPTY -> "";
      case FULL -> "text";
      case EXTREME -> "Grüße, 世界, \uD83D\uDE80, \u0000\n\"\\";
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[this == EMPTY ? 0 : this == FULL ? 10 : 70_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private Object filled(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(
                component ->
                    switch (component.getName()) {
                      // Those whose rules are narrower than their type.
                      case "sha256" -> "0123456789abcdef".repeat(4);
                      case "codeBytes" -> this == EMPTY ? 0L : 1L << 30;
                      default -> value(component.getGenericType());
                    })
            .toArray();
    try {
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean same(Object a, Object b) {
    if (a instanceof byte[] x && b instanceof byte[] y) {
      return Arrays.equals(x, y);
    }
    if (a instanceof Record && b != null && a.getClass() == b.getClass()) {
      return Arrays.stream(a.getClass().getRecordComponents())
          .allMatch(component -> same(get(component, a), get(component, b)));
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return x.size() == y.size()
          && IntStream.range(0, x.size()).allMatch(i -> same(x.get(i), y.get(i)));
    }
    return Objects.equals(a, b);
  }

  private static Object get(RecordComponent component, Object from) {
    try {
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
