package dev.funless.bench.engine;

import java.util.HashMap;
import java.util.Map;

/** The figures that a program of the benchmark tells, as a line {@code result name=number …}. */
record Result(Map<String, Double> figures) {

  static final String PREFIX = "result ";

  Result {
    figures = Map.copyOf(figures);
  }

  static Result parse(String line) {
    if (!line.startsWith(PREFIX)) {
      throw new IllegalArgumentException("no result: " + line);
    }
    Map<String, Double> figures = new HashMap<>();
    for (String word : line.substring(PREFIX.length()).strip().split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("no figure: " + word);
      }
      figures.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
    }
    return new Result(figures);
  }

  double get(String name) {
    Double figure = figures.get(name);
    if (figure == null) {
      throw new IllegalArgumentException("there is no " + name + " in " + figures);
    }
    return figure;
  }
}
