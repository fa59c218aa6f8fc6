package dev.funless.core.schedule.cost;

import dev.funless.core.input.Texts;
import dev.funless.core.schedule.cost.Term.Constant;
import dev.funless.core.schedule.cost.Term.Max;
import dev.funless.core.schedule.cost.Term.Nat;
import dev.funless.core.schedule.cost.Term.Parameter;
import dev.funless.core.schedule.cost.Term.Product;
import dev.funless.core.schedule.cost.Term.Service;
import dev.funless.core.schedule.cost.Term.Sum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Reads one expression by recursive descent; to be used once. */
final class CostParser {

  private static final int MAX_CHARS = 1_000;
  private static final int MAX_DEPTH = 50;
  private static final int END = -1;

  private final String text;
  private final int services;
  private final Set<String> parameters = new HashSet<>();
  private int position;
  private int depth;

  CostParser(String text, int services) {
    this.text = text;
    this.services = services;
  }

  CostExpression parse() {
    if (text.length() > MAX_CHARS) {
      throw wrong(MAX_CHARS, "there may be at most " + MAX_CHARS + " characters");
    }
    Term term = sum();
    if (next() != END) {
      throw due("'+', '*' or the end");
    }
    return new CostExpression(term, parameters);
  }

  private Term sum() {
    return each('+', this::product, Sum::new);
  }

  private Term product() {
    return each('*', this::operand, Product::new);
  }

  private Term each(char operator, Supplier<Term> part, Function<List<Term>, Term> whole) {
    Term first = part.get();
    if (next() != operator) {
      return first;
    }
    List<Term> parts = new ArrayList<>(List.of(first));
    while (skipped(operator)) {
      parts.add(part.get());
    }
    return whole.apply(List.copyOf(parts));
  }

  private Term operand() {
    int c = next();
    if (c == '(') {
      return inBrackets(this::sum, "'+', '*' or ')'");
    }
    if (isDigit(c)) {
      return number();
    }
    if (isLetter(c)) {
      return named();
    }
    throw due("a value");
  }

  private Term number() {
    int start = position;
    skipWhile(CostParser::isDigit);
    if (at(position) == '.') {
      position++;
      if (!isDigit(at(position))) {
        throw due("a digit");
      }
      skipWhile(CostParser::isDigit);
    }
    return new Constant(CostExpression.finite(Double.parseDouble(text.substring(start, position))));
  }

  private Term named() {
    int start = position;
    String name = name();
    return switch (name) {
      case "max" -> inBrackets(this::largest, "'+', '*', ',' or ')'");
      case "nat" -> inBrackets(this::natural, "')'");
      default -> variable(name, start);
    };
  }

  private Term largest() {
    List<Term> terms = new ArrayList<>();
    do {
      terms.add(sum());
    } while (skipped(','));
    return new Max(List.copyOf(terms));
  }

  private Term natural() {
    if (!isLetter(next())) {
      throw due("a variable");
    }
    int start = position;
    return new Nat(variable(name(), start));
  }

  private Term variable(String name, int start) {
    if (name.equals("max") || name.equals("nat")) {
      throw wrong(start, shown(name) + " is a function, not a variable");
    }
    if (next() == '(') {
      throw wrong(start, "there is no function " + shown(name) + ", only max and nat");
    }
    if (!isCapital(name.charAt(0))) {
      parameters.add(name);
      return new Parameter(name);
    }
    if (name.length() > 1) {
      throw wrong(
          start,
          shown(name)
              + " is neither a service, one capital letter, nor a parameter, which begins"
              + " with a small one");
    }
    int service = name.charAt(0) - 'A';
    if (service >= services) {
      throw wrong(start, "there is no service " + name + ", " + declared());
    }
    return new Service(service);
  }

  private String declared() {
    return switch (services) {
      case 0 -> "none is declared";
      case 1 -> "only A is declared";
      default -> "only A to " + (char) ('A' + services - 1) + " are declared";
    };
  }

  private Term inBrackets(Supplier<Term> inside, String closing) {
    if (next() != '(') {
      throw due("'('");
    }
    if (depth == MAX_DEPTH) {
      throw wrong(position, "brackets may nest at most " + MAX_DEPTH + " deep");
    }
    depth++;
    position++;
    Term term = inside.get();
    if (!skipped(')')) {
      throw due(closing);
    }
    depth--;
    return term;
  }

  private String name() {
    int start = position;
    skipWhile(c -> isLetter(c) || isDigit(c));
    return text.substring(start, position);
  }

  /** The character behind blanks, which are passed over; END where there is none. */
  private int next() {
    skipWhile(c -> c == ' ' || c == '\t' || c == '\n' || c == '\r');
    return at(position);
  }

  private boolean skipped(char c) {
    boolean there = next() == c;
    position += there ? 1 : 0;
    return there;
  }

  private void skipWhile(IntPredicate wanted) {
    while (wanted.test(at(position))) {
      position++;
    }
  }

  private int at(int index) {
    return index < text.length() ? text.charAt(index) : END;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || c == '_' || isCapital(c);
  }

  private static boolean isCapital(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private IllegalArgumentException due(String what) {
    int index = position;
    return wrong(index, what + " must stand there, not " + found());
  }

  private String found() {
    if (at(position) == END) {
      return "the end";
    }
    if (isLetter(at(position))) {
      return shown(name());
    }
    int c = text.codePointAt(position);
    boolean visible = c > ' ' && c < 0x7f;
    return visible ? shown(Character.toString(c)) : "U+%04X".formatted(c);
  }

  private static String shown(String name) {
    return "'" + Texts.abridged(name) + "'";
  }

  private static IllegalArgumentException wrong(int index, String why) {
    return new IllegalArgumentException("cost is wrong at character " + (index + 1) + ": " + why);
  }
}
