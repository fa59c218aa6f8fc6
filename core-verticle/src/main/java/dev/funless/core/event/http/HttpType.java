package dev.funless.core.event.http;

import dev.funless.core.event.StandingType;
import java.util.stream.Collectors;

/** A route of the function's own under {@code /http/}; see {@link HttpRoutes} for who serves it. */
public final class HttpType implements StandingType<HttpParameters> {

  public static final String NAME = "http";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<HttpParameters> parameters() {
    return HttpParameters.class;
  }

  /** Patterns that differ in names alone match the same paths. */
  @Override
  public Claim claim(HttpParameters parameters) {
    String pattern =
        HttpParameters.segments(parameters.path()).stream()
            .map(segment -> segment.startsWith(":") ? ":" : segment)
            .collect(Collectors.joining("/"));
    return new Claim(
        NAME + " " + parameters.effectiveMethod() + " /" + pattern,
        parameters.effectiveMethod() + " " + parameters.path());
  }
}
