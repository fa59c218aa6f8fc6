package dev.funless.core.connector;

/**
 * A type of event or sink as users name it.
 *
 * @param <P> its parameters; see {@link ParametersJson}
 */
public interface ConnectorType<P extends Record> {

  /** The value of {@code type} in an event or sink. */
  String name();

  Class<P> parameters();
}
