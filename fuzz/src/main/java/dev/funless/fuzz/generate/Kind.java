package dev.funless.fuzz.generate;

/** How a generated module is entered, and so what it imports. */
public enum Kind {
  FUNLESS,
  COMMAND
}
