package dev.funless.core.http;

/** A field of a request is not acceptable: 422 with the field's name. */
final class InvalidField extends RuntimeException {

  final String field;

  InvalidField(String field, String message) {
    super(message, null, false, false);
    this.field = field;
  }
}
