package dev.funless.worker.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.function.ServiceUrl;
import dev.funless.worker.Wasm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredTest {

  private static final int PLENTY = 256;

  @Test
  void urlsOfOneServiceAreMeasuredOnce() {
    FunctionSpec f = declaring("f", List.of(), "http://DB:80/x", "http://db", "https://db");
    FunctionSpec g = declaring("g", List.of(), "http://db/y", "tcp://db:80", "http://db");

    assertEquals(
        Map.of(
            new Service(new ServiceUrl("http", "db", 80), false),
            Set.of("http://DB:80/x", "http://db", "http://db/y"),
            new Service(new ServiceUrl("https", "db", 443), false),
            Set.of("https://db"),
            new Service(new ServiceUrl("tcp", "db", 80), false),
            Set.of("tcp://db:80")),
        Declared.by(List.of(g, f), PLENTY));
  }

  @Test
  void aServiceIsListedWhereOneThatDeclaresItListsIt() {
    FunctionSpec f = declaring("f", List.of("b"), "http://a", "http://b");
    FunctionSpec g = declaring("g", List.of("a:80"), "http://c", "http://a/x");
    FunctionSpec h = declaring("h", List.of("c:*", "c"));

    assertEquals(
        Set.of(service("a", true), service("b", true), service("c", false)),
        Declared.by(List.of(f, g, h), PLENTY).keySet());
  }

  @Test
  void theFirstByNameAreTakenWhereThereAreTooMany() {
    FunctionSpec f = declaring("f", List.of(), "http://a", "http://b");
    FunctionSpec g = declaring("g", List.of("b"), "http://a/x", "http://b", "http://c");

    assertEquals(
        Map.of(
            service("a", false),
            Set.of("http://a", "http://a/x"),
            service("b", true),
            Set.of("http://b")),
        Declared.by(List.of(g, f), 3));
    assertEquals(Map.of(service("a", false), Set.of("http://a")), Declared.by(List.of(g, f), 1));
    assertEquals(Map.of(), Declared.by(List.of(g, f), 0));
  }

  @Test
  void whatIsNoServiceIsPassedOver() {
    assertEquals(
        Set.of(service("a", false)),
        Declared.by(List.of(declaring("f", List.of("x"), "ftp://a", "", "http://a")), PLENTY)
            .keySet());
  }

  private static Service service(String host, boolean listed) {
    return new Service(new ServiceUrl("http", host, 80), listed);
  }

  private static FunctionSpec declaring(
      String name, List<String> allowedHosts, String... services) {
    return Wasm.declaring(Wasm.spec(name, new byte[0]), allowedHosts, services);
  }
}
