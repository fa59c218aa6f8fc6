package dev.funless.shared.protocol.message;

/**
 * Asks for a page of the functions that exist.
 *
 * @param offset how many to pass over, in the order of their names
 */
public record FunctionListRequest(int offset) {

  public static final int PAGE = 500;
}
