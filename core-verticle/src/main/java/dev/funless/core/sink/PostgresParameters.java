package dev.funless.core.sink;

import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table.
 *
 * @param table its name, or its schema's and its name
 * @param tls whether the connection is encrypted; the server's certificate is checked then
 * @param ca whom that must come from; by default somebody whom Java trusts
 */
record PostgresParameters(
    String host,
    Optional<Integer> port,
    String database,
    String username,
    Optional<Secret> password,
    String table,
    Optional<Boolean> tls,
    Optional<Certificates> ca) {

  private static final int DEFAULT_PORT = 5432;
  private static final Pattern TABLE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.)?[A-Za-z_][A-Za-z0-9_]{0,62}");

  PostgresParameters {
    Checks.text("host", host);
    port.ifPresent(Checks::port);
    Checks.text("database", database);
    Checks.text("username", username);
    Checks.text("table", table);
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table must be a name, or schema.name, of letters, digits and underscores.");
    }
    Certificates.need(tls.orElse(false), ca);
  }

  int portOrDefault() {
    return port.orElse(DEFAULT_PORT);
  }

  boolean isTls() {
    return tls.orElse(false);
  }

  /** As it stands in a statement; case counts. */
  String quotedTable() {
    return "\"" + table.replace(".", "\".\"") + "\"";
  }
}
