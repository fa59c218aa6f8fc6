package dev.funless.worker.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.engine.OutboundHttp.Header;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopTest {

  private static final List<String> ALL =
      List.of("Authorization", "cookie", "Content-Type", "X-Other");

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET",
    "302, POST, GET",
    "303, POST, GET",
    "303, PUT, GET",
    "303, DELETE, GET",
    "301, PUT, PUT",
    "302, DELETE, DELETE",
    "302, GET, GET",
    "307, POST, POST",
    "308, POST, POST",
    "307, PUT, PUT",
  })
  void changesMethodAsBrowsersDo(int status, String method, String expected) throws Exception {
    Hop next = hop(method).redirected(status, "/elsewhere");
    assertEquals(expected, next.method());
    boolean dropped = expected.equals("GET") && !method.equals("GET");
    assertEquals(dropped ? 0 : 4, next.body().length);
    assertEquals(dropped ? List.of("Authorization", "cookie", "X-Other") : ALL, names(next));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://b.example/",
        "https://a.example/",
        "http://a.example:81/",
        "http://sub.a.example/",
        "//b.example/",
      })
  void dropsCredentialsAcrossOrigins(String location) throws Exception {
    assertEquals(List.of("Content-Type", "X-Other"), names(hop("PUT").redirected(307, location)));
  }

  @Test
  void keepsCredentialsOnOneOrigin() throws Exception {
    assertEquals(ALL, names(hop("PUT").redirected(307, "http://A.example:80/x")));
  }

  @Test
  void refusesRedirectToAnotherScheme() {
    assertThrows(IOException.class, () -> hop("GET").redirected(302, "file:///etc/passwd"));
  }

  @Test
  void refusesUnknownMethod() {
    assertThrows(
        IOException.class, () -> Hop.first(Site.request("CONNECT", "http://a.example/", "")));
  }

  private static Hop hop(String method) throws IOException {
    return Hop.first(
        Site.request(
            method,
            "http://a.example/",
            "body",
            ALL.stream().map(name -> new Header(name, "v")).toArray(Header[]::new)));
  }

  private static List<String> names(Hop hop) {
    return hop.headers().headers().stream().map(Header::name).toList();
  }
}
