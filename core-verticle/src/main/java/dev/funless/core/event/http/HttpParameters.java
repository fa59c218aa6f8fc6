package dev.funless.core.event.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A route of a function's own.
 *
 * @param path a pattern such as {@code /orders/:id}, below {@code /http}
 * @param method such as {@code GET}, which it is by default; {@code *} for all
 * @param isPublic whether it needs no token
 */
public record HttpParameters(
    String path, Optional<String> method, @JsonProperty("public") Optional<Boolean> isPublic) {

  public static final String ANY_METHOD = "*";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ANY_METHOD);
  private static final int MAX_SEGMENTS = 32;
  private static final int MAX_LENGTH = 1_000;
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern NAME = Pattern.compile(":[A-Za-z_][A-Za-z0-9_]*");

  public HttpParameters {
    if (path == null) {
      throw new IllegalArgumentException("The parameter 'path' is missing or cannot be used.");
    }
    if (!path.startsWith("/") || path.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "'path' must start with '/' and have at most " + MAX_LENGTH + " characters.");
    }
    check(segments(path));
    if (method.isPresent() && !METHODS.contains(method.get())) {
      throw new IllegalArgumentException(
          "'method' must be GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS or *.");
    }
  }

  private static void check(List<String> segments) {
    if (segments.size() > MAX_SEGMENTS) {
      throw new IllegalArgumentException("'path' must have at most " + MAX_SEGMENTS + " segments.");
    }
    Set<String> names = new HashSet<>();
    for (String segment : segments) {
      boolean isLiteral =
          LITERAL.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
      if (!isLiteral && !NAME.matcher(segment).matches()) {
        throw new IllegalArgumentException(
            "'path' must consist of segments of letters, digits and '._~-', or of ':' and a name.");
      }
      if (!isLiteral && !names.add(segment)) {
        throw new IllegalArgumentException("'path' must not have two segments of one name.");
      }
    }
  }

  /** None for {@code /}. */
  static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  String effectiveMethod() {
    return method.orElse("GET");
  }
}
