package dev.funless.shared.protocol;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionLimits;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.Admission;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunBatch;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.RunResults;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** The two messages of every invocation, field by field. */
final class RunCodecs {

  private static final WireCodec<RunBatch> BATCH =
      new WireCodec<>(RunBatch.class, RunCodecs::write, RunCodecs::readBatch);

  private static final WireCodec<RunResults> RESULTS =
      new WireCodec<>(RunResults.class, RunCodecs::write, RunCodecs::readResults);

  private RunCodecs() {}

  /** The codec that carries a type: one of these two, or the general one. */
  @SuppressWarnings("unchecked") // Each constant carries the type that it is compared with.
  static <T extends Record> MessageCodec<T, T> codec(Class<T> type) {
    if (type == RunBatch.class) {
      return (MessageCodec<T, T>) BATCH;
    }
    if (type == RunResults.class) {
      return (MessageCodec<T, T>) RESULTS;
    }
    return new RecordCodec<>(type);
  }

  /**
   * Calls of one batch are often of one function, which is then written once; they are always of
   * one core.
   */
  private static void write(WireWriter out, RunBatch batch) {
    IdentityHashMap<FunctionSpec, Integer> functions = new IdentityHashMap<>();
    List<FunctionSpec> inOrder = new ArrayList<>();
    for (RunBatch.Run run : batch.runs()) {
      if (functions.putIfAbsent(run.request().function(), inOrder.size()) == null) {
        inOrder.add(run.request().function());
      }
    }
    out.text(batch.coreId()).number(inOrder.size());
    inOrder.forEach(function -> write(out, function));
    out.number(batch.runs().size());
    for (RunBatch.Run run : batch.runs()) {
      RunRequest request = run.request();
      out.number(run.number())
          .text(request.invocationId())
          .number(functions.get(request.function()).intValue())
          .bytes(request.args())
          .number(request.remainingMillis())
          .number(request.deadlineEpochMillis())
          .flag(request.withLog())
          .number(request.admission().maxCalls())
          .texts(request.admission().absentTags());
    }
  }

  private static RunBatch readBatch(WireReader in) {
    String coreId = in.text();
    int functionCount = in.integer();
    List<FunctionSpec> functions = new ArrayList<>();
    for (int i = 0; i < functionCount; i++) {
      functions.add(readFunction(in));
    }
    int count = in.integer();
    List<RunBatch.Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(
          new RunBatch.Run(
              in.number(),
              new RunRequest(
                  in.text(),
                  coreId,
                  functions.get(in.integer()),
                  in.bytes(),
                  in.number(),
                  in.number(),
                  in.flag(),
                  readAdmission(in))));
    }
    return new RunBatch(coreId, runs);
  }

  private static Admission readAdmission(WireReader in) {
    int maxCalls = in.integer();
    List<String> absentTags = in.texts();
    return maxCalls == Integer.MAX_VALUE && absentTags.isEmpty()
        ? Admission.OPEN
        : new Admission(maxCalls, absentTags);
  }

  private static void write(WireWriter out, RunResults results) {
    out.number(results.results().size());
    for (RunResults.Result result : results.results()) {
      RunAnswer answer = result.answer();
      out.number(result.number()).bytes(answer.json()).flag(answer.failure().isPresent());
      answer
          .failure()
          .ifPresent(
              failure ->
                  out.text(failure.category().name()).text(failure.code()).text(failure.detail()));
      out.flag(answer.log().isPresent());
      answer.log().ifPresent(out::text);
    }
  }

  private static RunResults readResults(WireReader in) {
    int count = in.integer();
    List<RunResults.Result> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(
          new RunResults.Result(
              in.number(), new RunAnswer(in.bytes(), readFailure(in), readLog(in))));
    }
    return new RunResults(results);
  }

  private static Optional<Failure> readFailure(WireReader in) {
    return in.flag()
        ? Optional.of(new Failure(Category.valueOf(in.text()), in.text(), in.text()))
        : Optional.empty();
  }

  private static Optional<String> readLog(WireReader in) {
    return in.flag() ? Optional.of(in.text()) : Optional.empty();
  }

  private static void write(WireWriter out, FunctionSpec function) {
    FunctionLimits limits = function.limits();
    out.text(function.id().module())
        .text(function.id().name())
        .text(function.sha256())
        .number(function.codeBytes())
        .number(function.initialMemoryBytes())
        .text(function.tag())
        .number(function.capacityBytes())
        .number(limits.timeoutMillis())
        .number(limits.memoryBytes())
        .number(limits.tableEntries())
        .number(limits.stackBytes())
        .number(limits.answerBytes())
        .number(limits.httpResponseBytes())
        .number(limits.logBytes())
        .number(limits.hostCalls())
        .texts(function.allowedHosts())
        .texts(function.env())
        .flag(function.idempotent())
        .texts(function.services());
  }

  private static FunctionLimits readLimits(WireReader in) {
    return new FunctionLimits(
        in.number(),
        in.number(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer());
  }

  private static FunctionSpec readFunction(WireReader in) {
    return new FunctionSpec(
        new FunctionId(in.text(), in.text()),
        in.text(),
        in.number(),
        in.number(),
        in.text(),
        in.number(),
        readLimits(in),
        in.texts(),
        in.textMap(),
        in.flag(),
        in.texts());
  }
}
