package dev.funless.worker.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.engine.OutboundHttp.Header;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestHeadersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "HOST",
        "Connection",
        "content-length",
        "Transfer-Encoding",
        "Upgrade",
        "TE",
        "Trailer",
        "Keep-Alive",
        "Expect",
        "Proxy-Authorization",
        "proxy-connection",
      })
  void leavesOutWhatTheClientWrites(String name) throws Exception {
    var kept = new Header("X-Kept", "yes");
    assertEquals(
        List.of(kept), GuestHeaders.checked(List.of(new Header(name, "x"), kept)).headers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "X Y", "X:", "X\r\nY", "X\n", "Ü", "X\0", "Host "})
  void refusesInvalidName(String name) {
    assertThrows(IOException.class, () -> GuestHeaders.checked(List.of(new Header(name, "value"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\n", "a\r", "a\0", "\u010d\u010a", "ü", "\u007f"})
  void refusesInvalidValue(String value) {
    assertThrows(IOException.class, () -> GuestHeaders.checked(List.of(new Header("X", value))));
  }

  @Test
  void keepsOrderAndRepetition() throws Exception {
    var headers = List.of(new Header("A", "1"), new Header("b", "\t2"), new Header("A", ""));
    assertEquals(headers, GuestHeaders.checked(headers).headers());
  }
}
