package dev.funless.worker.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "http://example.org, http://example.org, 80, /",
    "HTTPS://Example.ORG./a?b#c, https://example.org, 443, /a?b",
    "https://example.org:443/, https://example.org, 443, /",
    "http://example.org:/x, http://example.org, 80, /x",
    "http://my_service:8080?q=1, http://my_service:8080, 8080, /?q=1",
    "http://example.org//double/../x, http://example.org, 80, //double/../x",
    "http://example.org/ü, http://example.org, 80, /%C3%BC",
    "http://127.0.0.1:8080/, http://127.0.0.1:8080, 8080, /",
    "http://[::1]/, http://[0:0:0:0:0:0:0:1], 80, /",
    "http://[::ffff:10.0.0.1]/, http://10.0.0.1, 80, /",
  })
  void readsPartsOfUri(String uri, String shown, int port, String pathAndQuery) throws Exception {
    Target target = Target.parse(uri);
    assertEquals(shown, target.toString());
    assertEquals(port, target.port());
    assertEquals(pathAndQuery, target.pathAndQuery());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.org/x | only absolute http and https URIs can be called",
        "/x | only absolute http and https URIs can be called",
        "file:///etc/passwd | only absolute http and https URIs can be called",
        "ftp://example.org/ | only absolute http and https URIs can be called",
        "http:example.org | the URI names no host",
        "http:///x | the URI names no host",
        "http://:80/ | '' is not a host name",
        "http://user:secret@example.org/ | the URI carries a user name, which is not supported",
        "http://@example.org/ | the URI carries a user name, which is not supported",
        "http://example.org:0/ | 0 is not a port",
        "http://example.org:65536/ | 65536 is not a port",
        "http://example.org:8080:80/ | 'example.org:8080:80' is not a host with or without a port",
        "http://exa%6dple.org/ | 'exa%6dple.org' is not a host name",
        "http://a..b/ | 'a..b' is not a host name",
      })
  void refusesUriThatIsNoTarget(String uri, String sentence) {
    assertEquals(sentence, assertThrows(IOException.class, () -> Target.parse(uri)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://exa mple.org/",
        "http://example.org/\r\nX: y",
        "http://example.org\\@127.0.0.1/",
        "http://[::1/",
        "http://[fe80::1%25lo]/",
        "http://[1.2.3.4]/",
        "http://[]/",
        "",
      })
  void refusesMalformedUri(String uri) {
    assertThrows(IOException.class, () -> Target.parse(uri));
  }

  @Test
  void refusesOverlongUri() {
    assertThrows(IOException.class, () -> Target.parse("http://example.org/" + "x".repeat(8_192)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "127.0.0.01",
        "127.0.0.0x1",
        "127.0.0.256",
        "1.2.3.4.5",
        "0",
        "0x",
        "example.1",
      })
  void refusesOddSpellingOfIpv4(String host) {
    String message =
        assertThrows(IOException.class, () -> Target.parse("http://" + host + "/")).getMessage();
    assertTrue(message.endsWith("is not an IPv4 address of four decimal numbers"), message);
  }

  @Test
  void takesLiteralForWhatItIs() {
    assertEquals(
        Optional.of(InetAddress.ofLiteral("127.0.0.1")), Host.parse("127.0.0.1.").literal());
    assertEquals(Optional.of(InetAddress.ofLiteral("::1")), Host.parse("[0:0::1]").literal());
    assertEquals(Optional.empty(), Host.parse("0x7f.example").literal());
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/x/y?z, https://b.example/c, https://b.example, /c",
    "http://a.example/x/y?z, //b.example/c, http://b.example, /c",
    "http://a.example/x/y?z, /c?d, http://a.example, /c?d",
    "http://a.example/x/y?z, c, http://a.example, /x/c",
    "http://a.example/x/y?z, ../c, http://a.example, /c",
    "http://a.example/x/y?z, ?q, http://a.example, /x/y?q",
    "http://a.example, b.example, http://a.example, /b.example",
    "http://a.example:8080/, /c, http://a.example:8080, /c",
  })
  void resolvesLocation(String from, String location, String shown, String pathAndQuery)
      throws Exception {
    Target target = Target.parse(from).resolve(location);
    assertEquals(shown, target.toString());
    assertEquals(pathAndQuery, target.pathAndQuery());
  }
}
