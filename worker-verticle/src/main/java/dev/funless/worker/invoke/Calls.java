package dev.funless.worker.invoke;

import dev.funless.engine.Call;
import dev.funless.engine.CallLimits;
import dev.funless.engine.Engine;
import dev.funless.engine.LoadedFunction;
import dev.funless.engine.OutboundHttp;
import dev.funless.engine.Outcome;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.CallsQueued;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.StartAnswer;
import dev.funless.shared.protocol.message.StartRequest;
import dev.funless.worker.code.Functions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that this worker has taken: code, queue, guest, outcome. Confined to the worker's event
 * loop, but for the gate, which is asked on a guest's thread, and the log, which is written there:
 * before the answer leaves, and at the cost of a function that prints much, not of the loop.
 *
 * <p>A call that has waited for longer than a moment is announced to its core, and from then on
 * starts only with the core's permission: so the core can safely run it elsewhere, should this
 * worker be lost. Calls that start at once cost no message.
 */
final class Calls {

  private static final Logger log = LoggerFactory.getLogger(Calls.class);

  private static final long ANNOUNCE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration GATE_PATIENCE = Duration.ofSeconds(2);

  private final String workerId;
  private final Context context;
  private final Bus bus;
  private final Functions functions;
  private final Engine engine;
  private final Function<List<String>, OutboundHttp> outbound;
  private final CallsConfig config;
  private final CallMetrics metrics;
  private final FunctionLog functionLog = new FunctionLog();
  private final Map<String, RunningCall> calls = new HashMap<>();

  Calls(
      String workerId,
      Context context,
      Bus bus,
      Functions functions,
      Engine engine,
      Function<List<String>, OutboundHttp> outbound,
      CallsConfig config,
      CallMetrics metrics) {
    this.workerId = workerId;
    this.context = context;
    this.bus = bus;
    this.functions = functions;
    this.engine = engine;
    this.outbound = outbound;
    this.config = config;
    this.metrics = metrics;
  }

  Future<RunAnswer> run(RunRequest request) {
    long deadlineNanos =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.remainingMillis());
    if (isLate(request)) {
      return Future.failedFuture(Outcomes.EXPIRED.exception());
    }
    if (!admits(request.admission())) {
      return Future.failedFuture(Outcomes.NOT_ADMITTED.exception());
    }
    RunningCall call = new RunningCall(request);
    if (calls.putIfAbsent(request.invocationId(), call) != null) {
      return Future.failedFuture(Outcomes.DUPLICATE.exception());
    }
    return functions
        .ready(request.function())
        .compose(function -> submit(function, call, deadlineNanos))
        .onComplete(_ -> calls.remove(request.invocationId()));
  }

  /** A message may have lain for long in the socket of a worker that was frozen. */
  private boolean isLate(RunRequest request) {
    return System.currentTimeMillis()
        > request.deadlineEpochMillis() + config.clockSkew().toMillis();
  }

  /** Several cores may have sent what one of them would not have. */
  private boolean admits(Admission admission) {
    return admission.isOpen()
        || (calls.size() < admission.maxCalls()
            && calls.values().stream()
                .noneMatch(call -> admission.absentTags().contains(call.request.function().tag())));
  }

  private Future<RunAnswer> submit(LoadedFunction function, RunningCall call, long deadlineNanos) {
    FunctionSpec spec = call.request.function();
    Promise<RunAnswer> promise = Promise.promise();
    boolean taken =
        engine.submit(
            function,
            new Call(
                call.request.args(),
                deadlineNanos,
                limits(spec),
                spec.env(),
                request -> outbound.apply(spec.allowedHosts()).send(request),
                () -> mayStart(call)),
            outcome -> {
              try {
                functionLog.keep(spec.id(), call.request.invocationId(), outcome.log());
              } finally {
                context.runOnContext(_ -> ended(call, outcome, promise));
              }
            });
    return taken ? promise.future() : Future.failedFuture(Outcomes.BUSY.exception());
  }

  private CallLimits limits(FunctionSpec function) {
    return new CallLimits(
        function.limits().memoryBytes(),
        function.limits().tableEntries(),
        function.limits().stackBytes(),
        function.limits().answerBytes(),
        Math.min(function.limits().logBytes(), config.logBytes()),
        function.limits().httpResponseBytes(),
        Math.min(function.limits().hostCalls(), config.hostCalls()));
  }

  private void ended(RunningCall call, Outcome outcome, Promise<RunAnswer> promise) {
    metrics.ended(call.request.function().id(), outcome, System.nanoTime() - call.queuedNanos);
    Optional<String> told = call.request.withLog() ? Optional.of(outcome.log()) : Optional.empty();
    promise.complete(
        switch (outcome) {
          case Outcome.Answered answered -> new RunAnswer(answered.json(), Optional.empty(), told);
          case Outcome.Failed failed -> RunAnswer.failed(Outcomes.failure(failed), told);
        });
  }

  /** Asked on the guest's thread, just before it starts. */
  private boolean mayStart(RunningCall call) {
    if (call.startUnannounced()) {
      return true;
    }
    StartRequest question = new StartRequest(workerId, call.request.invocationId());
    try {
      StartAnswer answer =
          bus.request(Addresses.start(call.request.coreId()), question, GATE_PATIENCE)
              .await(GATE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      call.startAllowed();
      return answer.allowed();
    } catch (TimeoutException | RuntimeException e) {
      // The core is gone, so nobody waits for the answer.
      log.info("Invocation {} is dropped: {}", call.request.invocationId(), e.toString());
      return false;
    }
  }

  /** Tells cores which of their calls have waited for longer than a moment. */
  void announceQueued() {
    if (calls.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    Map<String, List<String>> byCore = new HashMap<>();
    for (RunningCall call : calls.values()) {
      if (now - call.queuedNanos > ANNOUNCE_AFTER_NANOS && call.announce()) {
        byCore
            .computeIfAbsent(call.request.coreId(), _ -> new ArrayList<>())
            .add(call.request.invocationId());
      }
    }
    byCore.forEach(
        (core, ids) ->
            bus.tell(Addresses.queued(core), new CallsQueued(workerId, ids))
                .onFailure(e -> log.debug("Core {} was not told: {}", core, e.toString())));
  }

  Collection<RunningCall> all() {
    return calls.values();
  }

  /** What a call's end means to its core. */
  private static final class Outcomes {

    static final Failure BUSY =
        new Failure(Category.BUSY, "busy", "The worker has no place for the call.");

    static final Failure NOT_ADMITTED =
        new Failure(
            Category.BUSY,
            "busy",
            "The worker has calls that the script does not allow beside it.");

    static final Failure EXPIRED =
        new Failure(Category.DEADLINE, "deadline", "The deadline passed before the call started.");

    static final Failure DUPLICATE =
        new Failure(
            Category.CONFLICT, "duplicate", "An invocation with this id is running already.");

    static Failure failure(Outcome.Failed failed) {
      return switch (failed.reason()) {
        case FUNCTION_ERROR -> ofFunction("function_error", failed);
        case TRAP -> ofFunction("trap", failed);
        case INVALID_ANSWER -> ofFunction("invalid_answer", failed);
        case ANSWER_TOO_LARGE -> ofFunction("answer_too_large", failed);
        case MEMORY_LIMIT -> ofFunction("memory_limit", failed);
        case DEADLINE -> new Failure(Category.DEADLINE, "deadline", failed.message());
        case EXPIRED -> EXPIRED;
        case NO_MEMORY ->
            new Failure(Category.BUSY, "busy", "The worker has no memory for the call.");
        case STOPPED -> new Failure(Category.UNAVAILABLE, "stopped", failed.message());
        case INTERNAL -> new Failure(Category.INTERNAL, "internal", failed.message());
      };
    }

    private static Failure ofFunction(String code, Outcome.Failed failed) {
      return new Failure(Category.FUNCTION_FAILED, code, "Error: " + failed.message());
    }
  }
}
