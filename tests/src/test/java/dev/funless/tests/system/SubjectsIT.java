package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/admin/subjects}, and who may call what. */
class SubjectsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private static final String SUBJECTS = "/v1/admin/subjects";

  private final Platform platform = PLATFORM.get();

  @Test
  void listsTheFirstSubjectsWithoutTheirTokens() {
    Answer answer = platform.admin().get(SUBJECTS);

    assertEquals(200, answer.status());
    assertTrue(answer.array().contains(new JsonObject().put("name", "admin")), answer.body());
    assertTrue(answer.array().contains(new JsonObject().put("name", "guest")), answer.body());
    assertFalse(answer.body().contains(platform.tokens().guest()));
  }

  @Test
  void createsASubjectWhoseTokenWorksAtOnceForAUsersPaths() {
    Answer created = platform.admin().post(SUBJECTS, "{\"subject\":{\"name\":\"ada\"}}");

    assertEquals(201, created.status());
    assertEquals(Set.of("data"), created.json().fieldNames());
    assertEquals(Set.of("name", "token"), created.object().fieldNames());
    assertEquals("ada", created.object().getString("name"));
    Client ada = Client.of(platform.core().port()).with(created.object().getString("token"));
    assertEquals(200, ada.get("/v1/fn").status());
    assertEquals(401, ada.get(SUBJECTS).status());
    assertEquals(401, ada.post(SUBJECTS, "{\"subject\":{\"name\":\"eve\"}}").status());
  }

  @Test
  void refusesATakenName() {
    Answer answer = platform.admin().post(SUBJECTS, "{\"subject\":{\"name\":\"guest\"}}");

    assertEquals(422, answer.status());
    assertEquals("{\"errors\":{\"name\":[\"has already been taken\"]}}", answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"subject\":{}}", "{\"subject\":{\"name\":null}}"})
  void refusesAMissingName(String body) {
    Answer answer = platform.admin().post(SUBJECTS, body);

    assertEquals(422, answer.status());
    assertEquals("{\"errors\":{\"name\":[\"can't be blank\"]}}", answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", "Bearer é"})
  void refusesEveryPathButHealthWithoutAToken(String authorization) {
    Client anybody = Client.of(platform.core().port());
    Client client =
        authorization.isBlank() || authorization.contains("é")
            ? anybody
            : anybody.withAuthorization(authorization);

    for (String path :
        List.of(SUBJECTS, "/v1/fn", "/v1/fn/_", "/v1/fn/_/none", "/v1/fn/none", "/v1/workers")) {
      Answer answer = client.get(path);
      assertEquals(401, answer.status(), path);
      assertEquals(Set.of("detail"), answer.json().getJsonObject("errors").fieldNames(), path);
      assertEquals("unauthorized", answer.error(), path);
    }
    assertEquals(401, client.post("/v1/fn/_/none", "{}").status());
    assertEquals(401, client.post("/v1/fn/_", Form.of("x", new byte[10])).status());
    assertEquals(401, client.delete("/v1/fn/_/none").status());
    assertEquals(200, client.get("/v1/").status());
  }

  @Test
  void refusesAUsersTokenOnAdminPaths() {
    assertEquals(401, platform.guest().get(SUBJECTS).status());
    assertEquals(401, platform.guest().post(SUBJECTS, "{\"subject\":{\"name\":\"eve\"}}").status());
  }

  @Test
  void takesTheAdminsTokenOnUsersPaths() {
    assertEquals(200, platform.admin().get("/v1/fn").status());
  }

  @Test
  void aDeletedSubjectsTokenIsNotGoodAnyMore() {
    Client eve = subject("eve_goes", "");
    assertEquals(200, eve.get("/v1/fn").status());

    assertEquals(204, platform.admin().delete(SUBJECTS + "/eve_goes").status());

    assertEquals(401, eve.get("/v1/fn").status());
    assertEquals(404, platform.admin().delete(SUBJECTS + "/eve_goes").status());
    assertFalse(platform.admin().get(SUBJECTS).body().contains("eve_goes"));
  }

  @Test
  void aRotatedTokenReplacesTheOldOne() {
    Client old = subject("rita", "");

    Answer rotated = platform.admin().post(SUBJECTS + "/rita/rotate", "");

    assertEquals(200, rotated.status(), rotated.body());
    assertEquals(401, old.get("/v1/fn").status());
    Client renewed = Client.of(platform.core().port()).with(rotated.object().getString("token"));
    assertEquals(200, renewed.get("/v1/fn").status());
    assertEquals(404, platform.admin().post(SUBJECTS + "/nobody/rotate", "").status());
    assertEquals(401, renewed.post(SUBJECTS + "/rita/rotate", "").status());
  }

  @Test
  void aTokenExpires() {
    String soon = Instant.now().plusSeconds(2).toString();
    Client ann = subject("ann_for_now", ",\"expires_at\":\"" + soon + "\"");
    assertEquals(200, ann.get("/v1/fn").status());

    Eventually.holds(
        "the token has expired", Duration.ofSeconds(10), () -> ann.get("/v1/fn").status() == 401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"yesterday\"", "\"2020-01-01T00:00:00Z\"", "5", "\"2030-01-01\""})
  void refusesAnExpiryThatIsNoTimeToCome(String expiry) {
    Answer answer =
        platform
            .admin()
            .post(SUBJECTS, "{\"subject\":{\"name\":\"zoe\",\"expires_at\":" + expiry + "}}");

    assertEquals(422, answer.status(), answer.body());
    assertTrue(answer.json().getJsonObject("errors").containsKey("expires_at"), answer.body());
  }

  @Test
  void theAdminIsNotDeleted() {
    Answer answer = platform.admin().delete(SUBJECTS + "/admin");

    assertEquals(400, answer.status());
    assertEquals("The subject 'admin' always exists; its token can be rotated.", answer.detail());
  }

  @Test
  void whoChangedWhatIsInTheLog() {
    subject("logged", "");
    platform.admin().delete(SUBJECTS + "/logged");

    assertTrue(platform.core().logged("audit: admin created the subject logged"));
    assertTrue(platform.core().logged("audit: admin deleted the subject logged"));
  }

  private Client subject(String name, String more) {
    Answer created =
        platform.admin().post(SUBJECTS, "{\"subject\":{\"name\":\"" + name + "\"" + more + "}}");
    assertEquals(201, created.status(), created.body());
    return Client.of(platform.core().port()).with(created.object().getString("token"));
  }
}
