package dev.funless.worker.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, an unspecified",
    "0.255.255.255, an unspecified",
    "10.0.0.0, a private",
    "10.255.255.255, a private",
    "100.64.0.0, a carrier's shared",
    "100.100.100.200, a carrier's shared",
    "100.127.255.255, a carrier's shared",
    "127.0.0.1, a loopback",
    "127.255.255.255, a loopback",
    "168.63.129.16, a cloud host's",
    "169.254.0.0, a link-local",
    "169.254.169.254, a link-local",
    "169.254.255.255, a link-local",
    "172.16.0.0, a private",
    "172.31.255.255, a private",
    "192.0.0.0, a reserved",
    "192.0.0.192, a reserved",
    "192.0.2.1, a documentation",
    "192.88.99.1, a reserved",
    "192.168.0.0, a private",
    "192.168.255.255, a private",
    "198.18.0.0, a benchmarking",
    "198.19.255.255, a benchmarking",
    "198.51.100.1, a documentation",
    "203.0.113.1, a documentation",
    "224.0.0.0, a multicast",
    "239.255.255.255, a multicast",
    "240.0.0.0, a reserved",
    "255.255.255.255, a reserved",
    "::, an unspecified",
    "::1, a loopback",
    "::7f00:1, a reserved",
    "::8.8.8.8, a reserved",
    "::ffff:0:127.0.0.1, a reserved",
    "64:ff9b::7f00:1, a loopback",
    "64:ff9b::10.0.0.1, a private",
    "64:ff9b::169.254.169.254, a link-local",
    "64:ff9b:1::8.8.8.8, a reserved",
    "100::1, a reserved",
    "2001::1, a reserved",
    "2001:1ff:ffff::1, a reserved",
    "2001:db8::1, a documentation",
    "2002:7f00:1::, a loopback",
    "2002:a00:1::1, a private",
    "2002:c0a8:101::1, a private",
    "3fff::1, a documentation",
    "4000::1, a reserved",
    "fc00::1, a private",
    "fd00:ec2::254, a private",
    "fdff:ffff::1, a private",
    "fe80::1, a link-local",
    "febf::1, a link-local",
    "fec0::1, a site-local",
    "ff02::1, a multicast",
  })
  void namesWhatIsSpecial(String address, String kind) {
    assertEquals(Optional.of(kind), SpecialAddresses.kind(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "64:ff9b::8.8.8.8",
        "2001:200::1",
        "2001:db9::1",
        "2002:808:808::1",
        "2606:4700::1111",
        "3ffe:ffff::1",
      })
  void letsPublicAddressesPass(String address) {
    assertEquals(Optional.empty(), SpecialAddresses.kind(InetAddress.ofLiteral(address)));
  }

  @Test
  void judgesMappedAddressByTheIpv4AddressInside() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 10;
    mapped[15] = 1;
    assertEquals(
        Optional.of("a private"),
        SpecialAddresses.kind(Inet6Address.getByAddress("mapped", mapped, 0)));
    assertEquals(Optional.of("a private"), SpecialAddresses.kind(mapped));
    assertEquals(
        Optional.of("a loopback"),
        SpecialAddresses.kind(InetAddress.ofLiteral("::ffff:127.0.0.1")));
  }
}
