package dev.funless.core.schedule.cost;

import dev.funless.core.schedule.cost.Term.Constant;
import dev.funless.core.schedule.cost.Term.Max;
import dev.funless.core.schedule.cost.Term.Nat;
import dev.funless.core.schedule.cost.Term.Parameter;
import dev.funless.core.schedule.cost.Term.Product;
import dev.funless.core.schedule.cost.Term.Service;
import dev.funless.core.schedule.cost.Term.Sum;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a call of a function costs on a worker, in milliseconds spent on reaching services:
 *
 * <pre>E ::= E + E | E * E | max(E, ...) | nat(V) | V | n | (E)</pre>
 *
 * <p>A variable V is a capital letter, the service at that place among the function's services, or
 * another name, a parameter of the call: see {@link CallParameters}. {@code nat(V)} is V, or 0
 * where V is negative; n is a decimal number. For example, {@code 2*A + max(B, nat(items)*C)}.
 *
 * <p>Results, and all that leads to them, are held within the finite numbers, so that nothing in
 * them becomes NaN. Immutable, and so thread-safe.
 */
public final class CostExpression {

  /** As many as there are letters. */
  public static final int MAX_SERVICES = 26;

  private final Term term;
  private final Set<String> parameters;

  CostExpression(Term term, Set<String> parameters) {
    this.term = term;
    this.parameters = Set.copyOf(parameters);
  }

  /**
   * Reads an expression of at most 1000 characters that nests at most 50 deep.
   *
   * @param services how many services the function declares, 0 to {@link #MAX_SERVICES}
   * @throws IllegalArgumentException whose message is a sentence for the user, without a full stop,
   *     that names the place in the text, from 1
   */
  public static CostExpression parse(String text, int services) {
    return new CostParser(text, checked(services)).parse();
  }

  /**
   * Each service once; 0 where there is none.
   *
   * @param services how many services the function declares, 0 to {@link #MAX_SERVICES}
   */
  public static CostExpression sum(int services) {
    List<Term> each = IntStream.range(0, checked(services)).<Term>mapToObj(Service::new).toList();
    return new CostExpression(each.isEmpty() ? new Constant(0) : new Sum(each), Set.of());
  }

  private static int checked(int services) {
    if (services < 0 || services > MAX_SERVICES) {
      throw new IllegalArgumentException("there are 0 to 26 services, not " + services);
    }
    return services;
  }

  /** Whether the cost depends on the call's arguments. */
  public boolean hasParameters() {
    return !parameters.isEmpty();
  }

  /** The names of the call's parameters that the cost depends on. */
  public Set<String> parameters() {
    return parameters;
  }

  /**
   * The same for one call, with the values of its parameters written into it; itself where it has
   * none. For the workers of a decision, of whom each is spared the look-up of the values.
   *
   * @param values asked only for {@link #parameters()}; what is not a number counts as 0
   */
  public CostExpression bound(ToDoubleFunction<String> values) {
    return hasParameters() ? new CostExpression(bound(term, values), Set.of()) : this;
  }

  private static Term bound(Term term, ToDoubleFunction<String> values) {
    return switch (term) {
      case Constant _, Service _ -> term;
      case Parameter(String name) -> new Constant(parameter(values.applyAsDouble(name)));
      case Sum(List<Term> terms) -> new Sum(bound(terms, values));
      case Product(List<Term> terms) -> new Product(bound(terms, values));
      case Max(List<Term> terms) -> new Max(bound(terms, values));
      case Nat(Term variable) ->
          bound(variable, values) instanceof Constant(double value)
              ? new Constant(Math.max(0, value))
              : term;
    };
  }

  private static List<Term> bound(List<Term> terms, ToDoubleFunction<String> values) {
    Term[] bound = new Term[terms.size()];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = bound(terms.get(i), values);
    }
    return List.of(bound);
  }

  /**
   * The cost in milliseconds: finite and not negative.
   *
   * @param latencies asked only for services that the expression names
   * @param parameters asked only for {@link #parameters()}; what is not a number counts as 0
   */
  public double evaluate(ServiceLatencies latencies, ToDoubleFunction<String> parameters) {
    return Math.max(0, value(term, latencies, parameters));
  }

  private static double value(
      Term term, ServiceLatencies latencies, ToDoubleFunction<String> parameters) {
    return switch (term) {
      case Constant(double value) -> value;
      case Service(int index) -> latency(latencies.millis(index));
      case Parameter(String name) -> parameter(parameters.applyAsDouble(name));
      case Sum(List<Term> terms) -> sum(terms, latencies, parameters);
      case Product(List<Term> terms) -> product(terms, latencies, parameters);
      case Max(List<Term> terms) -> max(terms, latencies, parameters);
      case Nat(Term variable) -> Math.max(0, value(variable, latencies, parameters));
    };
  }

  private static double sum(
      List<Term> terms, ServiceLatencies latencies, ToDoubleFunction<String> parameters) {
    double sum = 0;
    for (int i = 0; i < terms.size(); i++) {
      sum = finite(sum + value(terms.get(i), latencies, parameters));
    }
    return sum;
  }

  private static double product(
      List<Term> terms, ServiceLatencies latencies, ToDoubleFunction<String> parameters) {
    double product = 1;
    for (int i = 0; i < terms.size(); i++) {
      product = finite(product * value(terms.get(i), latencies, parameters));
    }
    return product;
  }

  private static double max(
      List<Term> terms, ServiceLatencies latencies, ToDoubleFunction<String> parameters) {
    double max = -Double.MAX_VALUE;
    for (int i = 0; i < terms.size(); i++) {
      max = Math.max(max, value(terms.get(i), latencies, parameters));
    }
    return max;
  }

  private static double latency(double millis) {
    return millis >= 0 ? finite(millis) : ServiceLatencies.UNKNOWN_MILLIS;
  }

  private static double parameter(double value) {
    return Double.isNaN(value) ? 0 : finite(value);
  }

  static double finite(double value) {
    return Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CostExpression cost && term.equals(cost.term);
  }

  @Override
  public int hashCode() {
    return term.hashCode();
  }

  @Override
  public String toString() {
    return term.toString();
  }
}
