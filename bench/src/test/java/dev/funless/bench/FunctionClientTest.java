package dev.funless.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers what a core would. */
@Timeout(60)
class FunctionClientTest {

  private static final byte[] MODULE = {0, 'a', 's', 'm', '\r', '\n', '-', '-', -1};

  private record Upload(String method, String token, String name, Buffer code) {}

  private final Queue<Upload> uploads = new ConcurrentLinkedQueue<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private volatile int createStatus = 201;
  private FunctionClient client;

  @BeforeEach
  void startServer(@TempDir Path folder) throws Exception {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(folder.toString()));
    router.post("/v1/fn/_").handler(context -> take(context, createStatus));
    router.put("/v1/fn/_/bench").handler(context -> take(context, 200));
    router
        .post("/v1/fn/_/bench")
        .handler(
            context -> {
              assertEquals(
                  "bench", context.body().asJsonObject().getJsonObject("args").getString("name"));
              context.response().putHeader("Funless-Worker", "w1").end(answers.remove());
            });
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(30, TimeUnit.SECONDS);
    URI core = URI.create("http://127.0.0.1:" + server.actualPort());
    client = new FunctionClient(new Platform(core, "secret", Optional.empty()));
  }

  @AfterEach
  void stopServer() throws Exception {
    client.close();
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void uploadsTheModuleAsAForm() throws Exception {
    client.deploy(MODULE);

    assertEquals(1, uploads.size());
    Upload upload = uploads.remove();
    assertEquals("POST", upload.method());
    assertEquals("Bearer secret", upload.token());
    assertEquals("bench", upload.name());
    assertArrayEquals(MODULE, upload.code().getBytes());
  }

  @Test
  void replacesAFunctionThatIsThere() throws Exception {
    createStatus = 409;
    client.deploy(MODULE);

    assertEquals(List.of("POST", "PUT"), uploads.stream().map(Upload::method).toList());
    assertArrayEquals(MODULE, List.copyOf(uploads).getLast().code().getBytes());
  }

  @Test
  void failsWithWhatTheCoreSaysOfAnUpload() {
    createStatus = 422;
    IOException failure = assertThrows(IOException.class, () -> client.deploy(MODULE));
    assertTrue(failure.getMessage().contains("422 taken"), failure.getMessage());
  }

  @Test
  void takesTheAnswerAndItsHeaders() throws Exception {
    answers.addAll(List.of("{\"data\":1}", "{\"data\":1}"));
    assertEquals(
        new FunctionClient.Answer("{\"data\":1}", Map.of("funless-worker", "w1")), client.invoke());
  }

  @Test
  void rejectsAFunctionWhoseAnswersDiffer() {
    answers.addAll(List.of("{\"data\":1}", "{\"data\":2}"));
    assertThrows(IOException.class, client::invoke);
  }

  @Test
  void rejectsAnAnswerWithoutData() {
    answers.addAll(List.of("{}", "{}"));
    assertThrows(IOException.class, client::invoke);
  }

  private void take(RoutingContext context, int status) {
    FileUpload code = context.fileUploads().getFirst();
    uploads.add(
        new Upload(
            context.request().method().name(),
            context.request().getHeader("Authorization"),
            context.request().getFormAttribute("name"),
            context.vertx().fileSystem().readFileBlocking(code.uploadedFileName())));
    context.response().setStatusCode(status).end("taken");
  }
}
