package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cores that are killed or stopped, and two cores at once. */
class CoreLossIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.embattled();

  private static final Duration STOP = Duration.ofSeconds(20);

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void ready() {
    PLATFORM.get().awaitReady();
  }

  @Test
  void aKilledCoreFindsAllThatItHadAcknowledged() {
    Client ada =
        Client.of(platform.core().port())
            .with(
                platform
                    .admin()
                    .post("/v1/admin/subjects", "{\"subject\":{\"name\":\"keeper\"}}")
                    .object()
                    .getString("token"));
    assertEquals(201, client.post("/v1/fn", "{\"module\":{\"name\":\"kept\"}}").status());
    Form form =
        Form.of("kept_function", Checkout.wasm("env-wasi"))
            .text("metadata", "{\"env\":{\"A\":\"b\"}}");
    assertEquals(201, client.post("/v1/fn/kept", form).status());

    platform.core().kill();
    platform.core().start();
    platform.awaitReady();

    assertEquals(
        "{\"data\":{\"name\":\"kept\",\"functions\":[{\"name\":\"kept_function\"}]}}",
        ada.get("/v1/fn/kept").body());
    assertEquals(
        new JsonObject().put("value", "b"),
        ada.post("/v1/fn/kept/kept_function", "{\"args\":{\"name\":\"A\"}}").object());
    assertEquals(200, platform.admin().get("/v1/admin/subjects").status());
    assertEquals(204, ada.delete("/v1/fn/kept").status());
  }

  @Test
  void whatOneCoreCreatesTheOtherRunsAtOnceAndAStoppedCoreSeesItsCallsThrough() throws Exception {
    Node second = platform.addCore("core2");
    try {
      second.start();
      platform.awaitReady();
      Client other = platform.guest(second);

      client.deploy("everywhere", "sleep");
      assertEquals(
          new JsonObject().put("slept_ms", 1),
          other.invoke("everywhere", new JsonObject().put("ms", 1)).object());
      assertEquals(
          200, client.put("/v1/fn/_/everywhere", Form.empty().text("name", "renamed")).status());
      assertEquals(200, other.invoke("renamed", new JsonObject().put("ms", 1)).status());

      CompletableFuture<Answer> inFlight =
          other.invokeLater("renamed", new JsonObject().put("ms", 2_000));
      Eventually.pause(Duration.ofMillis(500));
      second.terminate();
      Eventually.holds(
          "it says that it does not serve",
          Duration.ofSeconds(2),
          () -> other.get("/v1/ready").status() == 503);
      Answer refused = other.invoke("renamed", new JsonObject());
      assertEquals(503, refused.status(), refused.toString());
      assertEquals("draining", refused.error());

      Answer answer = inFlight.join();
      assertEquals(200, answer.status(), answer.toString());
      assertEquals(new JsonObject().put("slept_ms", 2_000), answer.object());
      int signal = 128 + 15;
      assertEquals(signal, second.awaitExit(STOP));
      assertTrue(second.logged("The core has stopped"), "it stopped cleanly");
      assertEquals(200, client.invoke("renamed", new JsonObject().put("ms", 1)).status());
    } finally {
      platform.remove(second);
    }
  }
}
