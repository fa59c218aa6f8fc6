package dev.funless.core.invoke;

import dev.funless.core.catalog.CatalogWriter;
import dev.funless.core.catalog.FunctionDefinition;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.schedule.Advice;
import dev.funless.core.schedule.AppConfig;
import dev.funless.core.schedule.Call;
import dev.funless.core.schedule.InvalidSchedulingException;
import dev.funless.core.schedule.Policies;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.core.schedule.Worker;
import dev.funless.core.schedule.app.AppScript;
import dev.funless.core.sink.Result;
import dev.funless.core.workers.WorkerRegistry;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.RunClient;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.StartRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees invocations through: definition, workers, policy, the chosen worker, its answer. Confined to
 * the scheduler's event loop.
 *
 * <p>A call that a worker refused, or that certainly had not started when its worker was lost, goes
 * to another worker; every other call is sent once.
 */
final class Invoker {

  private static final Logger log = LoggerFactory.getLogger(Invoker.class);

  private final String coreId;
  private final RunClient runs;
  private final Function<FunctionId, Future<Optional<FunctionDefinition>>> catalog;
  private final Function<String, Future<Optional<AppScript>>> scripts;
  private final Policies policies;
  private final BiFunction<FunctionId, byte[], Future<Advice>> guestPolicies;
  private final WorkerRegistry workers;
  private final SchedulerConfig config;
  private final InvocationMetrics metrics;
  private final Decider decider;
  private final BiFunction<Result, List<StoredConnector>, Future<Void>> outbox;
  private final InFlight inFlight = new InFlight();
  private final Concurrency concurrency;

  /** Ids of the invocations that are under way. */
  private final Set<String> calls = new HashSet<>();

  private boolean draining;

  /**
   * @param catalog finds a function's definition
   * @param scripts finds a script
   * @param guestPolicies asks a policy that is a function; never fails
   * @param outbox keeps a result for sinks
   */
  Invoker(
      String coreId,
      RunClient runs,
      Function<FunctionId, Future<Optional<FunctionDefinition>>> catalog,
      Function<String, Future<Optional<AppScript>>> scripts,
      Policies policies,
      BiFunction<FunctionId, byte[], Future<Advice>> guestPolicies,
      WorkerRegistry workers,
      SchedulerConfig config,
      InvocationMetrics metrics,
      Decider decider,
      BiFunction<Result, List<StoredConnector>, Future<Void>> outbox) {
    this.coreId = coreId;
    this.runs = runs;
    this.catalog = catalog;
    this.scripts = scripts;
    this.policies = policies;
    this.guestPolicies = guestPolicies;
    this.workers = workers;
    this.config = config;
    this.metrics = metrics;
    this.decider = decider;
    this.concurrency = new Concurrency(workers::othersCalls);
    this.outbox = outbox;
  }

  /** Fails where the request is at fault; every other failure is in the answer. */
  Future<InvokeAnswer> invoke(InvokeRequest request) {
    if (draining) {
      return Future.failedFuture(Failures.DRAINING.exception());
    }
    if (calls.size() >= config.maxCalls()) {
      return Future.failedFuture(Failures.CORE_BUSY.exception());
    }
    if (!calls.add(request.invocationId())) {
      return Future.failedFuture(Failures.DUPLICATE.exception());
    }
    return catalog
        .apply(request.function())
        .compose(definition -> accept(request, definition))
        .onComplete(_ -> calls.remove(request.invocationId()));
  }

  private Future<InvokeAnswer> accept(
      InvokeRequest request, Optional<FunctionDefinition> definition) {
    if (definition.isEmpty()) {
      return Future.failedFuture(CatalogWriter.noSuchFunction(request.function()).exception());
    }
    return request.scheduling().length == 0
        ? start(request, definition.get(), definition.get().policy())
        : override(request).compose(policy -> start(request, definition.get(), policy));
  }

  /** The request's own scheduling. */
  private Future<PolicyConfig> override(InvokeRequest request) {
    try {
      PolicyConfig policy = policies.parse(request.scheduling());
      return policy instanceof AppConfig app
          ? scripts.apply(app.script()).compose(script -> known(app, script))
          : Future.succeededFuture(policy);
    } catch (InvalidSchedulingException e) {
      return Future.failedFuture(
          new Failure(Category.MALFORMED, "bad_scheduling", e.getMessage()).exception());
    }
  }

  private static Future<PolicyConfig> known(AppConfig app, Optional<AppScript> script) {
    return script.isPresent()
        ? Future.succeededFuture(app)
        : Future.failedFuture(CatalogWriter.noSuchScript(app.script()).exception());
  }

  private Future<InvokeAnswer> start(
      InvokeRequest request, FunctionDefinition function, PolicyConfig policy) {
    OptionalInt limit =
        function.metadata().concurrency().stream().mapToInt(Integer::intValue).findFirst();
    if (limit.isPresent() && !concurrency.enter(function.spec().id(), limit.getAsInt())) {
      return Future.failedFuture(Failures.concurrency(limit.getAsInt()).exception());
    }
    Invocation invocation =
        new Invocation(
            request.invocationId(),
            new Call(function.spec(), function.cost(), request.args()),
            policy,
            request.withLog(),
            request.explain(),
            System.nanoTime(),
            System.currentTimeMillis());
    place(invocation);
    Future<InvokeAnswer> answer =
        invocation
            .answer()
            .onSuccess(
                _ -> {
                  if (limit.isPresent()) {
                    concurrency.leave(function.spec().id());
                  }
                });
    return (function.sinks().isEmpty() ? answer : answer.compose(ended -> keep(function, ended)))
        .onSuccess(ended -> metrics.ended(invocation, ended));
  }

  /** Gives the answer once the function's sinks are certain to get the result. */
  private Future<InvokeAnswer> keep(FunctionDefinition function, InvokeAnswer answer) {
    return Results.of(function.spec().id(), answer, Instant.now())
        .map(
            result ->
                outbox
                    .apply(result, function.sinks())
                    .map(answer)
                    .otherwise(_ -> Results.notKept(answer)))
        .orElse(Future.succeededFuture(answer));
  }

  /** Sends it to a worker, or ends it; a policy that is a function is asked before. */
  private void place(Invocation invocation) {
    decider
        .question(invocation)
        .ifPresentOrElse(
            question ->
                guestPolicies
                    .apply(question.policy(), question.json())
                    .onSuccess(advice -> decide(invocation, advice)),
            () -> decide(invocation, Advice.NOT_ASKED));
  }

  /** A policy that throws must not leave an invocation without an end. */
  private void decide(Invocation invocation, Advice advice) {
    try {
      decideOrFail(invocation, advice);
    } catch (RuntimeException e) {
      log.error("Invocation {} could not be placed", invocation.id, e);
      invocation.fail(Failures.NOT_SENT);
    }
  }

  /** Decides and reserves in one turn of the event loop, so that no two take the same slot. */
  private void decideOrFail(Invocation invocation, Advice advice) {
    switch (decider.decide(invocation, advice)) {
      case Placement.To(Worker worker, Admission admission) -> send(invocation, worker, admission);
      case Placement.Nowhere(Failure failure) -> invocation.fail(failure);
    }
  }

  private void send(Invocation invocation, Worker worker, Admission admission) {
    long remainingMillis = invocation.remainingMillis(System.nanoTime());
    if (remainingMillis <= 0) {
      invocation.fail(Failures.DEADLINE);
      return;
    }
    FunctionSpec function = invocation.call.function();
    byte[] args = invocation.call.args();
    Dispatch dispatch =
        new Dispatch(invocation, worker, workers.reserve(worker.id(), function, args.length));
    inFlight.add(dispatch);
    invocation.sentTo(worker.name());
    runs.request(
            worker.id(),
            new RunRequest(
                invocation.id,
                coreId,
                function,
                args,
                remainingMillis,
                invocation.deadlineEpochMillis,
                invocation.withLog,
                admission),
            Duration.ofMillis(remainingMillis).plus(config.grace()))
        .onSuccess(answer -> answered(dispatch, answer));
  }

  private void answered(Dispatch dispatch, RunAnswer answer) {
    if (!inFlight.remove(dispatch)) {
      // The worker was given up before; the call has its answer, or runs elsewhere.
      return;
    }
    answer
        .failure()
        .ifPresentOrElse(
            failure -> refusedOrFailed(dispatch, failure, answer.log()),
            () -> dispatch.invocation.complete(answer.json(), answer.log()));
  }

  private void refusedOrFailed(Dispatch dispatch, Failure failure, Optional<String> printed) {
    Invocation invocation = dispatch.invocation;
    switch (failure.category()) {
      // Nothing ran.
      case BUSY, UNAVAILABLE -> {
        invocation.refusal =
            Optional.of(failure.category() == Category.BUSY ? Failures.ALL_BUSY : failure);
        runElsewhere(dispatch);
      }
      case DEADLINE -> invocation.fail(Failures.DEADLINE, printed);
      case MALFORMED,
          UNAUTHORIZED,
          NOT_FOUND,
          CONFLICT,
          PRECONDITION_FAILED,
          LIMITED,
          TOO_LARGE,
          INVALID,
          FUNCTION_FAILED,
          WORKER_LOST,
          INTERNAL ->
          invocation.fail(failure, printed);
    }
  }

  private void runElsewhere(Dispatch dispatch) {
    dispatch.invocation.excluded.add(dispatch.worker.id());
    place(dispatch.invocation);
  }

  /** A worker says that a call waits; it will ask before it starts it. */
  void waits(String workerId, String invocationId) {
    Dispatch dispatch = inFlight.find(workerId, invocationId);
    if (dispatch != null) {
      dispatch.waits();
    }
  }

  /** Whether the worker may start a call that waited: not where it was given up meanwhile. */
  boolean mayStart(StartRequest request) {
    Dispatch dispatch = inFlight.find(request.workerId(), request.invocationId());
    if (dispatch == null) {
      return false;
    }
    dispatch.starts();
    return true;
  }

  /** The worker left, or is silent: its calls are not waited for any longer. */
  void workerLost(String workerId) {
    for (Dispatch dispatch : inFlight.to(workerId)) {
      inFlight.remove(dispatch);
      Failure lost = Failures.workerLost(dispatch.worker.name());
      if (dispatch.mayRunElsewhere()) {
        dispatch.invocation.refusal = dispatch.mayHaveRun() ? Optional.of(lost) : Optional.empty();
        runElsewhere(dispatch);
      } else {
        dispatch.invocation.fail(lost);
      }
    }
  }

  /** The last decisions for a function that are explained; the oldest first. */
  List<Decision> lastDecisions(FunctionId function) {
    return decider.last(function);
  }

  /** Refuses new invocations from now on. */
  void drain() {
    draining = true;
  }

  int calls() {
    return calls.size();
  }
}
