package dev.funless.core.schedule.cost;

import java.util.List;

/**
 * A part of an expression. Lists hold at least one part and cannot be changed; they are gone
 * through by index, which allocates nothing.
 */
sealed interface Term {

  /** Finite; negative only where it stands for a parameter. */
  record Constant(double value) implements Term {}

  /** The latency of the service at that place, from 0. */
  record Service(int index) implements Term {}

  /** A parameter of the call. */
  record Parameter(String name) implements Term {}

  record Sum(List<Term> terms) implements Term {}

  record Product(List<Term> terms) implements Term {}

  record Max(List<Term> terms) implements Term {}

  /** The variable, or 0 where that is negative. */
  record Nat(Term variable) implements Term {}
}
