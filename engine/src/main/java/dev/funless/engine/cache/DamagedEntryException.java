package dev.funless.engine.cache;

/** A file that is not the entry its name says, whatever else it may be. */
final class DamagedEntryException extends Exception {

  DamagedEntryException(String message) {
    super(message);
  }
}
