package dev.funless.core.sink;

import dev.funless.core.connector.Certificates;
import dev.funless.core.connector.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A webhook.
 *
 * @param secret what bodies are signed with
 * @param headers sent along; shown to whoever may see the function
 * @param ca whom a server's certificate must come from; by default somebody whom Java trusts
 */
record WebhookParameters(
    String url,
    Optional<Secret> secret,
    Optional<Map<String, String>> headers,
    Optional<Certificates> ca) {

  private static final int MAX_HEADERS = 32;
  private static final int MAX_HEADER = 4_096;

  /** A token, as RFC 9110 calls it. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  /** The client's own. */
  private static final Set<String> TAKEN =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "expect",
          "upgrade",
          "te",
          "trailer",
          "funless-signature");

  WebhookParameters {
    Checks.url("url", url);
    if (secret.isPresent() && secret.get().value().isEmpty()) {
      throw new IllegalArgumentException("secret must not be empty.");
    }
    Certificates.need(Checks.isHttps(url), ca);
    headers = headers.map(WebhookParameters::checked);
  }

  private static Map<String, String> checked(Map<String, String> headers) {
    if (headers.size() > MAX_HEADERS) {
      throw new IllegalArgumentException("headers must be at most " + MAX_HEADERS + ".");
    }
    headers.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("headers must have names that HTTP allows.");
          }
          if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("headers must not hold '" + name + "'.");
          }
          if (value == null || value.length() > MAX_HEADER || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                "headers: the value of '" + name + "' must be a line of ASCII text.");
          }
        });
    return Map.copyOf(headers);
  }
}
