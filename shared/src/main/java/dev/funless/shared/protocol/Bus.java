package dev.funless.shared.protocol;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus in types: the only code that touches Vert.x's own. Every request gets an answer, a
 * {@link Failure}, or its deadline. Thread-safe.
 */
public final class Bus {

  private static final Logger log = LoggerFactory.getLogger(Bus.class);

  static final Failure INTERNAL =
      new Failure(
          Category.INTERNAL, "internal", "The node could not answer because of an internal error.");

  private final EventBus eventBus;

  private Bus(EventBus eventBus) {
    this.eventBus = eventBus;
  }

  /** Registers the codecs of all messages; once for each {@link Vertx}. */
  public static Bus of(Vertx vertx) {
    EventBus eventBus = vertx.eventBus();
    Addresses.messages().forEach(type -> register(eventBus, type));
    return new Bus(eventBus);
  }

  /** Lets a further record travel, for an application's own addresses. */
  public <T extends Record> void register(Class<T> type) {
    register(eventBus, type);
  }

  private static <T extends Record> void register(EventBus eventBus, Class<T> type) {
    eventBus.registerDefaultCodec(type, RunCodecs.codec(type));
  }

  /**
   * Asks one of those who serve the address. The future fails with a {@link FailureException}:
   * {@code unreachable} where nobody serves it, {@code timeout} where no answer came in time, or
   * what the other side answered. A node that has died and is still thought to be there counts as
   * one that does not answer.
   */
  public <Q extends Record, A extends Record> Future<A> request(
      Address<Q, A> address, Q message, Duration timeout) {
    return request(address, message, new DeliveryOptions().setSendTimeout(timeout.toMillis()));
  }

  /** As {@link #request}, answered by this node, by reference. */
  public <Q extends Record, A extends Record> Future<A> requestLocal(
      Address<Q, A> address, Q message, Duration timeout) {
    return request(
        address,
        message,
        new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout.toMillis()));
  }

  private <Q extends Record, A extends Record> Future<A> request(
      Address<Q, A> address, Q message, DeliveryOptions options) {
    Future<Message<Record>> reply;
    try {
      reply = eventBus.request(address.name(), message, options);
    } catch (RuntimeException e) {
      log.error("A request to {} could not be sent", address.name(), e);
      return Future.failedFuture(INTERNAL.exception());
    }
    return reply.transform(
        done ->
            done.succeeded()
                ? answer(address, done.result())
                : Future.failedFuture(undelivered(address, done.cause())));
  }

  private static <A extends Record> Future<A> answer(
      Address<?, A> address, Message<Record> message) {
    try {
      Record body = message.body();
      return body instanceof Failure failure
          ? Future.failedFuture(failure.exception())
          : Future.succeededFuture(address.answer().cast(body));
    } catch (RuntimeException e) {
      log.error("An answer from {} cannot be read", address.name(), e);
      return Future.failedFuture(INTERNAL.exception());
    }
  }

  private static Throwable undelivered(Address<?, ?> address, Throwable cause) {
    if (cause instanceof ReplyException reply) {
      return switch (reply.failureType()) {
        case TIMEOUT ->
            new Failure(Category.DEADLINE, "timeout", "No answer came from " + address.name() + ".")
                .exception();
        case NO_HANDLERS, RECIPIENT_FAILURE, ERROR ->
            new Failure(
                    Category.UNAVAILABLE,
                    "unreachable",
                    "Nobody answers at " + address.name() + ".")
                .exception();
      };
    }
    return cause;
  }

  /** Serves an address for the whole cluster until the registration is closed. */
  public <Q extends Record, A extends Record> Registration serve(
      Address<Q, A> address, Function<Q, Future<A>> handler) {
    return new Registration(
        eventBus.<Q>consumer(address.name(), message -> answer(message, handler)));
  }

  /** Serves an address for this node only. */
  public <Q extends Record, A extends Record> Registration serveLocal(
      Address<Q, A> address, Function<Q, Future<A>> handler) {
    return new Registration(
        eventBus.<Q>localConsumer(address.name(), message -> answer(message, handler)));
  }

  private static <Q extends Record, A extends Record> void answer(
      Message<Q> message, Function<Q, Future<A>> handler) {
    called(handler, message).onComplete(done -> message.reply(reply(message.address(), done)));
  }

  private static <Q extends Record, A extends Record> Future<A> called(
      Function<Q, Future<A>> handler, Message<Q> message) {
    try {
      return called(handler, message.body());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** The handler's future; one that fails where the handler throws or gives none. */
  static <Q extends Record, A extends Record> Future<A> called(
      Function<Q, Future<A>> handler, Q request) {
    try {
      return Objects.requireNonNull(handler.apply(request), "no future");
    } catch (RuntimeException | StackOverflowError e) {
      return Future.failedFuture(e);
    }
  }

  /** A reply without a record would leave the other side with nothing. */
  private static <A extends Record> Record reply(String address, AsyncResult<A> done) {
    if (done.succeeded() && done.result() != null) {
      return done.result();
    }
    return failure(
        address, done.succeeded() ? new NullPointerException("no answer") : done.cause());
  }

  /** What a request's failure is to the one who asked; a defect is logged. */
  static Failure failure(String address, Throwable cause) {
    if (cause instanceof FailureException expected) {
      return expected.failure();
    }
    log.error("A request to {} failed", address, cause);
    return INTERNAL;
  }

  /** Tells everybody who listens. */
  public <M extends Record> void publish(Topic<M> topic, M message) {
    eventBus.publish(topic.name(), message);
  }

  /** Tells the one who listens; the future completes when the message was written out. */
  public <M extends Record> Future<Void> tell(Topic<M> topic, M message) {
    return eventBus.<M>sender(topic.name()).write(message);
  }

  /** Listens until the registration is closed. A listener that throws is logged. */
  public <M extends Record> Registration listen(Topic<M> topic, Consumer<M> listener) {
    return new Registration(
        eventBus.<M>consumer(topic.name(), message -> listener.accept(message.body())));
  }

  /** Somebody who serves an address or listens to a topic. */
  public static final class Registration {

    private final MessageConsumer<?> consumer;

    private Registration(MessageConsumer<?> consumer) {
      this.consumer = consumer;
    }

    /** Completes when the whole cluster knows of it. */
    public Future<Void> ready() {
      return consumer.completion();
    }

    public Future<Void> close() {
      return consumer.unregister();
    }
  }
}
