package dev.funless.core.invoke;

import dev.funless.core.schedule.Call;
import dev.funless.core.schedule.PolicyConfig;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.protocol.message.Decision;
import dev.funless.shared.protocol.message.InvokeAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One invocation, from acceptance to its answer. Confined to the scheduler's event loop. */
final class Invocation {

  private static final byte[] NOTHING = new byte[0];

  final String id;
  final Call call;
  final PolicyConfig policy;
  final boolean withLog;
  final boolean explain;
  final long acceptedNanos;
  final long deadlineEpochMillis;

  /** Ids of workers that have refused it, or were lost before it had started there. */
  final Set<String> excluded = new HashSet<>();

  /** Why the last worker did not run it. */
  Optional<Failure> refusal = Optional.empty();

  /** Why it was sent where it was; only where somebody asked. */
  private final List<Decision> decisions = new ArrayList<>();

  private final Promise<InvokeAnswer> promise = Promise.promise();
  private String worker = "";

  Invocation(
      String id,
      Call call,
      PolicyConfig policy,
      boolean withLog,
      boolean explain,
      long nowNanos,
      long nowEpochMillis) {
    this.id = id;
    this.call = call;
    this.policy = policy;
    this.withLog = withLog;
    this.explain = explain;
    this.acceptedNanos = nowNanos;
    this.deadlineEpochMillis = nowEpochMillis + call.function().limits().timeoutMillis();
  }

  long remainingMillis(long nowNanos) {
    return call.function().limits().timeoutMillis() - (nowNanos - acceptedNanos) / 1_000_000;
  }

  void decided(Decision decision) {
    if (explain) {
      decisions.add(decision);
    }
  }

  void sentTo(String workerName) {
    worker = workerName;
  }

  Future<InvokeAnswer> answer() {
    return promise.future();
  }

  void complete(byte[] json, Optional<String> log) {
    promise.complete(new InvokeAnswer(id, worker, json, Optional.empty(), log, decisions));
  }

  /** Where no worker told what the function printed, if it ran at all. */
  void fail(Failure failure) {
    fail(failure, Optional.empty());
  }

  void fail(Failure failure, Optional<String> log) {
    promise.complete(new InvokeAnswer(id, worker, NOTHING, Optional.of(failure), log, decisions));
  }
}
