package dev.funless.core.sink;

import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.Secret;
import java.util.Optional;

/**
 * A database of CouchDB's.
 *
 * @param url its own, such as {@code http://host:5984/results}
 * @param ca whom a server's certificate must come from; by default somebody whom Java trusts
 */
record CouchDbParameters(
    String url, Optional<String> username, Optional<Secret> password, Optional<Certificates> ca) {

  CouchDbParameters {
    Checks.url("url", url);
    username.ifPresent(name -> Checks.text("username", name));
    if (username.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException("username and password must be given together.");
    }
    if (username.isPresent() && username.get().contains(":")) {
      throw new IllegalArgumentException("username must not hold a colon.");
    }
    Certificates.need(Checks.isHttps(url), ca);
  }
}
