package dev.funless.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.tests.system.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API's document and the page that renders it. */
class DocumentsIT {

  @RegisterExtension static final RunningPlatform PLATFORM = RunningPlatform.peaceful();

  private final Client anybody = Client.of(PLATFORM.get().core().port());

  @Test
  void servesTheDocumentThatAnswersAreHeldAgainst() throws IOException {
    Answer answer = anybody.get("/openapi.yaml");

    assertEquals(200, answer.status());
    assertEquals("application/yaml", answer.header("Content-Type"));
    assertEquals(
        Files.readString(
            Checkout.ROOT.resolve("core-verticle/src/main/resources/api/openapi.yaml")),
        answer.body());
  }

  @Test
  void servesAPageThatLoadsNothingFromElsewhere() {
    Answer page = anybody.get("/docs");

    assertEquals(200, page.status());
    assertFalse(page.body().contains("//"), page.body());
    assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'self'"));
    for (String part : List.of("swagger-ui.css", "swagger-ui-bundle.js", "page.js")) {
      assertTrue(page.body().contains("/docs/" + part), part);
      assertEquals(200, anybody.get("/docs/" + part).status(), part);
    }
    assertEquals(404, anybody.get("/docs/other.js").status());
    assertEquals(404, anybody.get("/docs/..%2Fopenapi.yaml").status());
  }
}
