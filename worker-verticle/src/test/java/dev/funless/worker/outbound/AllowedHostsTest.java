package dev.funless.worker.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

  @ParameterizedTest
  @CsvSource({
    "db, http://db/, true",
    "db, https://db/, true",
    "db, https://db:80/, false",
    "db, http://db:8080/, false",
    "db, http://xdb/, false",
    "db, http://db.example/, false",
    "DB, http://db./, true",
    "db:8080, http://db:8080/, true",
    "db:8080, https://db:8080/, true",
    "db:8080, http://db/, false",
    "db:80, http://db/, true",
    "db:*, http://db:1234/, true",
    "db:*, http://db/, true",
    "db:*, http://other:1234/, false",
    "10.0.0.1:*, http://10.0.0.1:1/, true",
    "10.0.0.1:*, http://[::ffff:10.0.0.1]:1/, true",
    "localhost:*, http://127.0.0.1/, false",
    "[::1], http://[0:0:0:0:0:0:0:1]/, true",
    "[::1], http://[::1]:81/, false",
    "[::1]:81, http://[::1]:81/, true",
    "[::1]:*, http://[::1]:81/, true",
  })
  void comparesHostAndPort(String entry, String uri, boolean allowed) throws Exception {
    assertEquals(allowed, AllowedHosts.parse(List.of(entry)).allows(Target.parse(uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.example",
        "db:",
        "db:x",
        "db:0",
        "db:65536",
        ":80",
        "::1",
        "[::1",
        "[::1]x",
        "http://db",
        "db/",
        "127.1",
        "a b",
        "db:+80",
      })
  void takesNothingFromEntryOfAnotherForm(String entry) {
    var good = new AllowedHosts.Entry(Host.parse("db"), new AllowedHosts.Ports.Default());
    assertEquals(List.of(good), AllowedHosts.parse(List.of(entry, "db")).entries());
  }
}
