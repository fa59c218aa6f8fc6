package dev.funless.worker.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.shared.config.Settings;
import dev.funless.shared.function.ServiceUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a resolver that answers what the test says: no name leaves the machine. */
class ReachTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource({
    "http://a,a,true",
    "http://A.:80/x,a,true",
    "http://a,a:80,true",
    "https://a,a,true",
    "https://a,a:443,true",
    "http://a:443,a,false",
    "http://a:81,a,false",
    "http://a:81,a:81,true",
    "http://a:81,a:*,true",
    "http://a,b,false",
    "tcp://a:80,a,false",
    "tcp://a:80,a:80,true",
    "tcp://[::1]:80,[0:0:0:0:0:0:0:1]:80,true",
    "tcp://127.1:80,127.1:80,false",
    "http://127.0.0.1,localhost,false"
  })
  void aServiceIsListedAsAUriIs(String url, String entry, boolean listed) {
    assertEquals(listed, Reach.listing(List.of(entry)).test(ServiceUrl.parse(url)));
  }

  @Test
  void onlyPublicAddressesAreReachedWhereNothingIsListed() throws Exception {
    assertEquals(List.of(address("8.8.8.8")), addresses("http://a", false, "8.8.8.8"));
    assertEquals(
        "http://a is not called: 10.0.0.1 is a private address, and allowed_hosts does not list"
            + " a:80",
        failure("http://a", false, "8.8.8.8", "10.0.0.1"));
    assertEquals(
        "tcp://127.0.0.1:9 is not called: 127.0.0.1 is a loopback address, and allowed_hosts does"
            + " not list 127.0.0.1:9",
        failure("tcp://127.0.0.1:9", false));
    assertEquals(
        List.of(address("8.8.8.8"), address("10.0.0.1")),
        addresses("http://a", true, "8.8.8.8", "10.0.0.1"));
  }

  @Test
  void aHostThatIsNoneIsAnError() {
    assertEquals(
        "'127.1' is not an IPv4 address of four decimal numbers", failure("http://127.1", true));
  }

  @Test
  void fourAddressesAreTried() throws Exception {
    assertEquals(
        List.of(address("8.0.0.1"), address("8.0.0.2"), address("8.0.0.3"), address("8.0.0.4")),
        addresses("http://a", false, "8.0.0.1", "8.0.0.2", "8.0.0.3", "8.0.0.4", "8.0.0.5"));
  }

  private static String failure(String url, boolean listed, String... resolved) {
    return assertThrows(IOException.class, () -> addresses(url, listed, resolved)).getMessage();
  }

  private static List<InetAddress> addresses(String url, boolean listed, String... resolved)
      throws IOException, InterruptedException {
    InetAddress[] all = Arrays.stream(resolved).map(ReachTest::address).toArray(InetAddress[]::new);
    try (Reach reach = new Reach(_ -> all, OutboundConfig.read(Settings.of(Map.of())))) {
      return reach.addresses(ServiceUrl.parse(url), listed, PATIENCE);
    }
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
