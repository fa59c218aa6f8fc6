package dev.funless.shared.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://db.example:5984,http,db.example,5984",
    "http://db.example,http,db.example,80",
    "http://db.example:,http,db.example,80",
    "https://db.example/a/b?c=d#e,https,db.example,443",
    "https://db.example:80/,https,db.example,80",
    "tcp://db.example:5432,tcp,db.example,5432",
    "HTTP://DB.Example.:80,http,db.example,80",
    "http://my_db:1,http,my_db,1",
    "http://10.0.0.1:65535,http,10.0.0.1,65535",
    "http://[::1]:8080/x,http,[::1],8080",
    "http://[2001:DB8::1],http,[2001:db8::1],80"
  })
  void readsSchemeHostAndPort(String url, String scheme, String host, int port) {
    assertEquals(new ServiceUrl(scheme, host, port), ServiceUrl.parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db.example",
        "db.example:5984",
        "//db.example",
        "/a",
        "http:",
        "http:db",
        "http://",
        "http:///a",
        "http://:80",
        "http://a b",
        "http://a..b",
        "http://.",
        "http://a:0",
        "http://a:65536",
        "http://a:123456",
        "http://a:-1",
        "http://a:b",
        "http://user@a",
        "http://user:password@a",
        "http://[::1",
        "http://[x]",
        "http://gr\u00fcn.example",
        "ftp://a",
        "tcp://a",
        "tcp://a:",
        "http://a\n"
      })
  void refusesWhatNamesNoService(String url) {
    assertThrows(IllegalArgumentException.class, () -> ServiceUrl.parse(url));
  }

  @Test
  void boundsTheLength() {
    String longest = "http://a/" + "x".repeat(503);

    assertEquals(new ServiceUrl("http", "a", 80), ServiceUrl.parse(longest));
    assertThrows(IllegalArgumentException.class, () -> ServiceUrl.parse(longest + "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a:80/b?secret,http://a",
    "https://a:443,https://a",
    "https://a:80,https://a:80",
    "tcp://a:443,tcp://a:443"
  })
  void isShownWithoutPathAndDefaultPort(String url, String shown) {
    assertEquals(shown, ServiceUrl.parse(url).toString());
  }
}
