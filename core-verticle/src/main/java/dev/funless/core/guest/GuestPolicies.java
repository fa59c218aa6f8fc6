package dev.funless.core.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.core.catalog.FunctionDefinition;
import dev.funless.core.schedule.Advice;
import dev.funless.engine.Call;
import dev.funless.engine.CallLimits;
import dev.funless.engine.Engine;
import dev.funless.engine.EngineConfig;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.Outcome;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs policies that are wasm functions, in an engine of the core's own: isolated as on a worker,
 * in milliseconds, and without any HTTP. Confined to the scheduler's event loop, on which nothing
 * here blocks. The engine is started when the first such policy is asked.
 */
public final class GuestPolicies {

  private static final Logger log = LoggerFactory.getLogger(GuestPolicies.class);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** How many decisions run at once, and how many more may wait. */
  private static final int PLACES = 1;

  private static final int QUEUE = 256;
  private static final long STACK_BYTES = 1024 * 1024;
  private static final int ANSWER_BYTES = 16 * 1024;
  private static final int LOG_BYTES = 4 * 1024;
  private static final long CACHE_BYTES = 64L * 1024 * 1024;

  /** How many policies are kept ready; the one that was asked longest ago goes first. */
  private static final int MAX_LOADED = 32;

  /** How long a call waits for its policy to be made ready; the next one asks again. */
  private static final Duration LOAD_PATIENCE = Duration.ofSeconds(2);

  /** The first call makes the JVM load and warm up what later ones find done. */
  private static final Duration TRIAL_PATIENCE = Duration.ofSeconds(1);

  private static final byte[] TRIAL =
      "{\"configuration\":{},\"workers\":[],\"function\":{}}".getBytes(StandardCharsets.UTF_8);

  private final Vertx vertx;
  private final Context context;
  private final Function<FunctionId, Future<Optional<FunctionDefinition>>> catalog;
  private final BiFunction<String, Long, Future<byte[]>> code;
  private final GuestPoliciesConfig config;
  private final Path cacheFolder;

  /** By the hash of their code; the one that was asked longest ago first. */
  private final Map<String, Future<LoadedFunction>> loaded = new LinkedHashMap<>(16, 0.75f, true);

  private Optional<Engine> engine = Optional.empty();

  /**
   * @param context the scheduler's
   * @param catalog finds a function's definition
   * @param code gives the code of a hash and size
   * @param cacheFolder where compiled policies are kept
   */
  public GuestPolicies(
      Vertx vertx,
      Context context,
      Function<FunctionId, Future<Optional<FunctionDefinition>>> catalog,
      BiFunction<String, Long, Future<byte[]>> code,
      GuestPoliciesConfig config,
      Path cacheFolder) {
    this.vertx = vertx;
    this.context = context;
    this.catalog = catalog;
    this.code = code;
    this.config = config;
    this.cacheFolder = cacheFolder;
  }

  /** Asks a policy; what goes wrong is in the advice, so the future never fails. */
  public Future<Advice> ask(FunctionId policy, byte[] question) {
    return catalog
        .apply(policy)
        .compose(
            function ->
                function.isEmpty()
                    ? failed("there is no such function")
                    : ask(function.get().spec(), question))
        .recover(e -> failed(e.getMessage()));
  }

  private Future<Advice> ask(FunctionSpec policy, byte[] question) {
    Future<LoadedFunction> ready = ready(policy);
    return (ready.isComplete()
            ? ready
            : ready
                .timeout(LOAD_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .recover(_ -> Future.failedFuture("its code is not ready yet")))
        .compose(function -> call(function, policy, question, config.deadline()))
        .map(this::advice);
  }

  private static Future<Advice> failed(String why) {
    return Future.succeededFuture(new Advice.Failed(why));
  }

  private Future<LoadedFunction> ready(FunctionSpec policy) {
    Future<LoadedFunction> known = loaded.get(policy.sha256());
    if (known != null) {
      return known;
    }
    Future<LoadedFunction> loading = load(policy);
    loaded.put(policy.sha256(), loading);
    dropEldest();
    return loading.onFailure(
        e -> {
          log.warn("The policy {} could not be made ready", policy.id(), e);
          loaded.remove(policy.sha256(), loading);
        });
  }

  private void dropEldest() {
    if (loaded.size() > MAX_LOADED) {
      String eldest = loaded.keySet().iterator().next();
      loaded.remove(eldest).onSuccess(function -> engine().unload(function));
    }
  }

  private Future<LoadedFunction> load(FunctionSpec policy) {
    return code.apply(policy.sha256(), policy.codeBytes())
        .compose(bytes -> vertx.executeBlocking(() -> compiled(engine(), bytes), false))
        .compose(
            function ->
                call(function, policy, TRIAL, TRIAL_PATIENCE).map(function).otherwise(function));
  }

  private static LoadedFunction compiled(Engine engine, byte[] bytes) throws Exception {
    LoadedFunction function = engine.load(bytes);
    if (function.needsCompiling()) {
      engine.compile(function);
    }
    return function;
  }

  private Future<Outcome> call(
      LoadedFunction function, FunctionSpec policy, byte[] question, Duration deadline) {
    Promise<Outcome> promise = Promise.promise();
    boolean taken =
        engine()
            .submit(
                function,
                new Call(
                    question,
                    System.nanoTime() + deadline.toNanos(),
                    limits(policy),
                    policy.env(),
                    _ -> {
                      throw new IOException("a policy makes no HTTP requests");
                    },
                    () -> true),
                outcome -> context.runOnContext(_ -> promise.complete(outcome)));
    return taken ? promise.future() : Future.failedFuture("too many decisions wait for policies");
  }

  private CallLimits limits(FunctionSpec policy) {
    return new CallLimits(
        Math.min(policy.limits().memoryBytes(), config.memoryBytes()),
        policy.limits().tableEntries(),
        0,
        ANSWER_BYTES,
        LOG_BYTES,
        0,
        0);
  }

  private Advice advice(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> advice(answered.json());
      case Outcome.Failed failed ->
          switch (failed.reason()) {
            case DEADLINE, EXPIRED ->
                new Advice.Failed(
                    "it did not answer within " + config.deadline().toMillis() + " ms");
            case FUNCTION_ERROR,
                TRAP,
                INVALID_ANSWER,
                ANSWER_TOO_LARGE,
                MEMORY_LIMIT,
                NO_MEMORY,
                STOPPED,
                INTERNAL ->
                new Advice.Failed(failed.message());
          };
    };
  }

  /** {@code {"worker": "name"}}, or {@code {"worker": null, "reason": "…"}}. */
  private static Advice advice(byte[] answer) {
    try {
      JsonNode json = MAPPER.readTree(answer);
      JsonNode worker = json.path("worker");
      if (worker.isTextual()) {
        return new Advice.Named(worker.textValue());
      }
      if (worker.isNull()) {
        return new Advice.Nobody(json.path("reason").asText("The policy named no worker."));
      }
    } catch (IOException e) {
      log.debug("A policy's answer cannot be read", e);
    }
    return new Advice.Failed("it did not answer with {\"worker\": \"name\"}");
  }

  private Engine engine() {
    if (engine.isEmpty()) {
      engine =
          Optional.of(
              new Engine(
                  new EngineConfig(PLACES, 0, QUEUE, config.memoryBytes(), STACK_BYTES),
                  cacheFolder,
                  CACHE_BYTES));
    }
    return engine.get();
  }

  /** Stops the policies that run. Blocks for a bounded time. */
  public void close() {
    engine.ifPresent(Engine::close);
  }
}
