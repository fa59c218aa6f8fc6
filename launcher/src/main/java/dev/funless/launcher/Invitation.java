package dev.funless.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a person is told once the platform is ready. */
record Invitation(int port, Path tokens, boolean proxied) {

  /** What {@code hello} is invoked with, here and in the line to paste. */
  static final String ARGUMENTS = "{\"name\":\"world\"}";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  /** curl would send the request for this machine to a proxy that the environment names. */
  static boolean proxied(Map<String, String> environment) {
    return List.of("http_proxy", "all_proxy", "ALL_PROXY").stream()
        .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
  }

  List<String> lines() {
    return List.of("ready http://127.0.0.1:" + port, "tokens " + tokens, curl());
  }

  /** A command for a POSIX shell, in any folder, that invokes {@code hello}. */
  String curl() {
    return "curl "
        + (proxied ? "--noproxy '*' " : "")
        + "-H \"Authorization: Bearer $(sed -n 's/^Guest=//p' "
        + quoted(tokens.toString())
        + ")\" -H 'Content-Type: application/json' -d "
        + quoted("{\"args\":" + ARGUMENTS + "}")
        + " http://127.0.0.1:"
        + port
        + "/v1/fn/_/hello";
  }

  /** One word for the shell. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
