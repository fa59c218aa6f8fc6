package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that is killed and comes back. */
class DatabaseLossIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.embattled();

  private final Platform platform = PLATFORM.get();
  private final Client client = platform.guest();

  @BeforeAll
  static void ready() {
    PLATFORM.get().awaitReady();
  }

  @Test
  void withoutItsDatabaseACoreRunsWhatItKnowsAndRefusesChangesUntilItIsBack() {
    client.deploy("survivor", "echo-wat");
    Form keeper =
        Form.of("keeper", Checkout.wasm("echo-wat"))
            .text("sinks", "[{\"type\":\"http\",\"params\":{\"url\":\"http://127.0.0.1:1/\"}}]");
    assertEquals(207, client.post("/v1/fn/_", keeper).status(), "nobody listens there");
    assertEquals(200, client.invoke("keeper", new JsonObject()).status());
    Node database = platform.node("db");

    List<ProcessHandle> server = platform.databaseServer();
    assertTrue(!server.isEmpty(), "the server's processes are known");
    database.kill();
    server.forEach(ProcessHandle::destroyForcibly);
    Eventually.holds(
        "the server is gone",
        Duration.ofSeconds(10),
        () -> server.stream().noneMatch(ProcessHandle::isAlive));

    for (int i = 0; i < 20; i++) {
      Answer warm = client.invoke("survivor", new JsonObject().put("i", i));
      assertEquals("{\"data\":{\"i\":" + i + "}}", warm.body());
    }
    Answer unkept = client.invoke("keeper", new JsonObject());
    assertEquals(503, unkept.status(), unkept.toString());
    assertEquals("result_not_kept", unkept.error());
    assertEquals("1", unkept.header("Retry-After"));
    assertEquals(
        "The function ran, but its result could not be kept for its sinks; try again later.",
        unkept.detail());
    for (Answer change :
        List.of(
            client.post("/v1/fn", "{\"module\":{\"name\":\"too_late\"}}"),
            client.post("/v1/fn/_", Form.of("too_late", Checkout.wasm("echo-c"))),
            client.delete("/v1/fn/_/survivor"),
            client.put("/v1/fn/_/survivor", Form.empty().text("name", "other")))) {
      assertEquals(503, change.status(), change.toString());
      assertEquals("database", change.error());
      assertEquals("1", change.header("Retry-After"));
      assertEquals("The database cannot be reached; try again later.", change.detail());
    }
    assertEquals(200, client.get("/v1/").status());
    assertEquals(401, Client.of(platform.core().port()).with("x").get("/v1/fn").status());

    database.start();
    platform.awaitReady();
    Eventually.holds(
        "changes are taken again",
        Duration.ofSeconds(20),
        () -> client.post("/v1/fn", "{\"module\":{\"name\":\"in_time\"}}").status() == 201);
    assertEquals(200, client.get("/v1/fn/_/survivor").status());
    assertEquals(404, client.get("/v1/fn/too_late").status());
    assertEquals(404, client.get("/v1/fn/_/too_late").status());
    client.deploy("afterwards", "echo-c");
    assertEquals(200, client.invoke("keeper", new JsonObject()).status());
    assertEquals(204, client.delete("/v1/fn/_/keeper").status());
    assertEquals(200, client.invoke("afterwards", new JsonObject()).status());
    assertEquals("{\"data\":{}}", client.invoke("survivor", new JsonObject()).body());
  }
}
