package dev.funless.shared.protocol;

import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.FunctionLimits;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.RunAnswer;
import dev.funless.shared.protocol.message.RunRequest;
import io.vertx.core.eventbus.MessageCodec;

/** The two messages of every invocation, field by field. */
final class RunCodecs {

  private static final WireCodec<RunRequest> REQUEST =
      new WireCodec<>(RunRequest.class, RunCodecs::write, RunCodecs::readRequest);

  private static final WireCodec<RunAnswer> ANSWER =
      new WireCodec<>(
          RunAnswer.class,
          (out, answer) -> out.bytes(answer.json()),
          in -> new RunAnswer(in.bytes()));

  private RunCodecs() {}

  /** The codec that carries a type: one of these two, or the general one. */
  @SuppressWarnings("unchecked") // Each constant carries the type that it is compared with.
  static <T extends Record> MessageCodec<T, T> codec(Class<T> type) {
    if (type == RunRequest.class) {
      return (MessageCodec<T, T>) REQUEST;
    }
    if (type == RunAnswer.class) {
      return (MessageCodec<T, T>) ANSWER;
    }
    return new RecordCodec<>(type);
  }

  private static void write(WireWriter out, RunRequest request) {
    out.text(request.invocationId()).text(request.coreId());
    write(out, request.function());
    out.bytes(request.args())
        .number(request.remainingMillis())
        .number(request.deadlineEpochMillis());
  }

  private static RunRequest readRequest(WireReader in) {
    return new RunRequest(
        in.text(), in.text(), readFunction(in), in.bytes(), in.number(), in.number());
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
        .number(limits.answerBytes())
        .number(limits.httpResponseBytes())
        .texts(function.allowedHosts())
        .texts(function.env())
        .flag(function.idempotent());
  }

  private static FunctionSpec readFunction(WireReader in) {
    return new FunctionSpec(
        new FunctionId(in.text(), in.text()),
        in.text(),
        in.number(),
        in.number(),
        in.text(),
        in.number(),
        new FunctionLimits(in.number(), in.number(), in.integer(), in.integer()),
        in.texts(),
        in.textMap(),
        in.flag());
  }
}
