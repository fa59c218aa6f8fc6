package dev.funless.shared.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.CodeRequest;
import dev.funless.shared.protocol.message.LoadedChanged;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final CodeRequest REQUEST = new CodeRequest("x", 3);

  /** Is not registered, so it cannot travel. */
  record Stranger() {}

  private Vertx vertx;
  private Bus bus;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void carriesRequestAndAnswerByReferenceWithinANode() throws Exception {
    CodeChunk chunk = new CodeChunk(new byte[] {1}, 9);
    BlockingQueue<CodeRequest> requests = new LinkedBlockingQueue<>();
    serve(
        request -> {
          requests.add(request);
          return Future.succeededFuture(chunk);
        });

    assertSame(chunk, await(bus.request(Addresses.CODE, REQUEST, PATIENCE)));
    assertSame(chunk, await(bus.requestLocal(Addresses.CODE, REQUEST, PATIENCE)));
    assertSame(REQUEST, requests.take());
  }

  @ParameterizedTest
  @EnumSource
  void carriesFailuresOfEveryCategory(Category category) {
    Failure failure = new Failure(category, "code", "A sentence.");
    serve(_ -> Future.failedFuture(failure.exception()));

    assertEquals(failure, failure(bus.request(Addresses.CODE, REQUEST, PATIENCE)));
  }

  @Test
  void aFailureMayBeThrownToo() {
    Failure failure = new Failure(Category.BUSY, "busy", "A sentence.");
    serve(
        _ -> {
          throw failure.exception();
        });

    assertEquals(failure, failure(bus.request(Addresses.CODE, REQUEST, PATIENCE)));
  }

  @Test
  void defectsOfAHandlerAreInternalFailures() {
    List<Function<CodeRequest, Future<CodeChunk>>> defects =
        List.of(
            _ -> {
              throw new IllegalStateException("defect");
            },
            _ -> {
              throw new StackOverflowError();
            },
            _ -> Future.failedFuture(new IllegalStateException("defect")),
            _ -> null,
            _ -> Future.succeededFuture(null));
    for (Function<CodeRequest, Future<CodeChunk>> defect : defects) {
      Bus.Registration registration = serve(defect);

      Failure failure = failure(bus.request(Addresses.CODE, REQUEST, PATIENCE));

      assertEquals(Category.INTERNAL, failure.category());
      assertEquals("internal", failure.code());
      registration.close();
    }
  }

  @Test
  void anAnswerOfAnotherTypeIsAnInternalFailure() {
    vertx.eventBus().consumer(Addresses.CODE.name(), message -> message.reply(REQUEST));

    assertEquals(
        Category.INTERNAL, failure(bus.request(Addresses.CODE, REQUEST, PATIENCE)).category());
  }

  @Test
  void aMessageThatCannotTravelIsAnInternalFailure() {
    Address<Stranger, CodeChunk> address =
        new Address<>("test.stranger", Stranger.class, CodeChunk.class);

    assertEquals(
        Category.INTERNAL, failure(bus.request(address, new Stranger(), PATIENCE)).category());
  }

  @Test
  void nobodyThereIsUnreachable() {
    Failure failure = failure(bus.request(Addresses.CODE, REQUEST, PATIENCE));

    assertEquals(Category.UNAVAILABLE, failure.category());
    assertEquals("unreachable", failure.code());
  }

  @Test
  void aClosedRegistrationIsUnreachable() throws Exception {
    Bus.Registration registration = serve(_ -> Promise.<CodeChunk>promise().future());
    await(registration.close());

    assertEquals("unreachable", failure(bus.request(Addresses.CODE, REQUEST, PATIENCE)).code());
  }

  @Test
  void noAnswerInTimeIsATimeout() {
    serve(_ -> Promise.<CodeChunk>promise().future());

    Failure failure = failure(bus.request(Addresses.CODE, REQUEST, Duration.ofMillis(50)));

    assertEquals(Category.DEADLINE, failure.category());
    assertEquals("timeout", failure.code());
  }

  @Test
  void aLateAnswerIsIgnored() throws Exception {
    Promise<CodeChunk> late = Promise.promise();
    serve(_ -> late.future());
    Future<CodeChunk> request = bus.request(Addresses.CODE, REQUEST, Duration.ofMillis(20));
    failure(request);

    late.complete(new CodeChunk(new byte[0], 0));

    assertEquals("timeout", failure(request).code());
  }

  @Test
  void everybodyWhoListensIsToldAndAThrowingListenerStopsNobody() throws Exception {
    LoadedChanged change = new LoadedChanged("w", 1, List.of(), List.of());
    BlockingQueue<LoadedChanged> told = new LinkedBlockingQueue<>();
    bus.listen(
        Addresses.LOADED_CHANGES,
        _ -> {
          throw new IllegalStateException("defect");
        });
    bus.listen(Addresses.LOADED_CHANGES, told::add);
    bus.listen(Addresses.LOADED_CHANGES, told::add);

    bus.publish(Addresses.LOADED_CHANGES, change);
    bus.publish(Addresses.LOADED_CHANGES, change);

    for (int i = 0; i < 4; i++) {
      assertSame(change, told.poll(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void furtherRecordsTravelOnceRegistered() throws Exception {
    Address<Stranger, Stranger> address =
        new Address<>("test.stranger", Stranger.class, Stranger.class);
    bus.register(Stranger.class);
    bus.serveLocal(address, Future::succeededFuture);

    assertEquals(new Stranger(), await(bus.request(address, new Stranger(), PATIENCE)));
  }

  private Bus.Registration serve(Function<CodeRequest, Future<CodeChunk>> handler) {
    return bus.serve(Addresses.CODE, handler);
  }

  private static Failure failure(Future<?> future) {
    Exception e = assertThrows(Exception.class, () -> await(future));
    return assertInstanceOf(FailureException.class, e).failure();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }
}
