package dev.funless.engine;

import static dev.funless.engine.Outcome.Reason.EXPIRED;
import static dev.funless.engine.Outcome.Reason.FUNCTION_ERROR;
import static dev.funless.engine.Outcome.Reason.INVALID_ANSWER;
import static dev.funless.engine.Outcome.Reason.MEMORY_LIMIT;
import static dev.funless.engine.Outcome.Reason.NO_MEMORY;
import static dev.funless.engine.Outcome.Reason.STOPPED;

import dev.funless.engine.abi.Guest;
import dev.funless.engine.abi.GuestExit;
import dev.funless.engine.abi.HttpSender;
import dev.funless.engine.memory.GuestMemory;
import dev.funless.engine.memory.MemoryBudget;
import java.io.IOException;
import java.util.Optional;

/** Runs one call from its start to its outcome, on a guest's thread. Never throws. */
final class Runner {

  private final MemoryBudget budget;
  private final InstancePool instances;
  private final Places places;
  private final Watchdog watchdog;

  Runner(MemoryBudget budget, InstancePool instances, Places places, Watchdog watchdog) {
    this.budget = budget;
    this.instances = instances;
    this.places = places;
    this.watchdog = watchdog;
  }

  Outcome run(GuestThread thread, QueuedCall queued) {
    try {
      return startable(thread, queued.function(), queued.call());
    } catch (Throwable e) {
      return Failures.of(e, null, queued.function(), "");
    }
  }

  /** The checks that cost nothing come first, the gate last: it may tell others of the start. */
  private Outcome startable(GuestThread thread, LoadedFunction function, Call call) {
    if (call.deadlineNanos() - System.nanoTime() <= 0) {
      return expired();
    }
    CallLimits limits = call.limits();
    ModuleInfo info = function.info();
    if (info.initialMemoryBytes() > limits.memoryBytes()) {
      return startsWith(info.initialMemoryBytes(), "bytes of memory", limits.memoryBytes());
    }
    if (info.initialTableEntries() > limits.tableEntries()) {
      return startsWith(info.initialTableEntries(), "entries in a table", limits.tableEntries());
    }
    GuestInstance instance = instance(function);
    if (instance == null) {
      return noMemory();
    }
    boolean unused = true;
    try {
      if (places.closed() || !call.gate().mayStart()) {
        return failed(STOPPED, "The call was dropped before the function started.");
      }
      long startNanos = System.nanoTime();
      if (call.deadlineNanos() - startNanos <= 0) {
        return expired();
      }
      unused = false;
      instance.begin(limits);
      return watched(thread, function, call, instance, startNanos);
    } finally {
      if (unused) {
        instances.giveBack(function, instance);
      }
    }
  }

  /** One that waits, or a new one; null where there is no memory for it. */
  private GuestInstance instance(LoadedFunction function) {
    GuestInstance idle = instances.take(function);
    return idle == null ? function.form().newInstance(budget) : idle;
  }

  private Outcome watched(
      GuestThread thread,
      LoadedFunction function,
      Call call,
      GuestInstance instance,
      long startNanos) {
    var running = new RunningCall(thread, instance.form().poll(), call.deadlineNanos(), places);
    Guest guest = guest(function, call, instance.memory(), running, startNanos);
    boolean ended = false;
    thread.begin(running, guest);
    try {
      watchdog.begun(running);
      if (places.closed()) {
        return failed(STOPPED, "The call was dropped before the function started.");
      }
      Outcome outcome = entered(function, call, guest, instance);
      ended = true;
      return outcome;
    } catch (GuestExit exit) {
      ended = true;
      return exit.code() == 0 ? answer(guest) : exited(exit.code(), guest);
    } catch (Throwable e) {
      return Failures.of(e, running.stop(), function, guest.log().text());
    } finally {
      thread.end();
      leave(function, instance, ended);
    }
  }

  /**
   * @param ended false where the guest was left in the middle of something: its instance may be in
   *     any state then
   */
  private void leave(LoadedFunction function, GuestInstance instance, boolean ended) {
    instance.form().poll().relax();
    if (ended && instance.reset()) {
      instances.giveBack(function, instance);
    } else {
      instance.close();
    }
  }

  private static Outcome entered(
      LoadedFunction function, Call call, Guest guest, GuestInstance instance) {
    if (function.startIndex() >= 0) {
      instance.call(function.startIndex());
    }
    if (function.initializeIndex() >= 0) {
      instance.call(function.initializeIndex());
    }
    return switch (function.info().entry()) {
      case FUNLESS ->
          instance.call(function.entryIndex(), call.input().length) == 0
              ? answer(guest)
              : failedItself(guest);
      case WASI_COMMAND -> {
        instance.call(function.entryIndex());
        yield answer(guest);
      }
    };
  }

  private static Outcome answer(Guest guest) {
    String log = guest.log().text();
    if (!guest.answer().given()) {
      return new Outcome.Failed(INVALID_ANSWER, "The function gave no answer.", log);
    }
    byte[] json = guest.answer().bytes();
    Optional<String> wrong = AnswerCheck.wrong(json);
    if (wrong.isPresent()) {
      return new Outcome.Failed(INVALID_ANSWER, "The function's answer " + wrong.get() + ".", log);
    }
    return new Outcome.Answered(json, log);
  }

  private static Outcome failedItself(Guest guest) {
    String error = guest.error().isBlank() ? "The function failed." : guest.error();
    return new Outcome.Failed(FUNCTION_ERROR, error, guest.log().text());
  }

  private static Outcome exited(int code, Guest guest) {
    String tail = guest.log().tail();
    String message = "The function exited with code " + Integer.toUnsignedString(code);
    return new Outcome.Failed(
        FUNCTION_ERROR, tail.isEmpty() ? message + "." : message + ": " + tail, guest.log().text());
  }

  private static Guest guest(
      LoadedFunction function,
      Call call,
      GuestMemory memory,
      RunningCall running,
      long startNanos) {
    CallLimits limits = call.limits();
    return new Guest(
        memory,
        new Guest.Setup(
            call.input(),
            call.environment(),
            function.info().entry() == Entry.WASI_COMMAND,
            limits.answerBytes(),
            limits.logBytes(),
            limits.httpResponseBytes(),
            limits.hostCalls()),
        running,
        request -> send(call, request),
        startNanos);
  }

  private static HttpSender.Answer send(Call call, HttpSender.Request request)
      throws IOException, InterruptedException {
    OutboundHttp.Answer answer =
        call.http()
            .send(
                new OutboundHttp.Request(
                    request.method(),
                    request.uri(),
                    request.headers().stream()
                        .map(header -> new OutboundHttp.Header(header.name(), header.value()))
                        .toList(),
                    request.body(),
                    request.maxAnswerBytes(),
                    call.deadlineNanos()));
    return new HttpSender.Answer(answer.status(), answer.body());
  }

  private static Outcome startsWith(long size, String of, long limit) {
    return failed(
        MEMORY_LIMIT,
        "The function starts with " + size + " " + of + "; its limit is " + limit + ".");
  }

  private static Outcome expired() {
    return failed(EXPIRED, "The deadline passed before the function could start.");
  }

  private static Outcome noMemory() {
    return failed(NO_MEMORY, "The node's memory for functions is used up for now.");
  }

  private static Outcome failed(Outcome.Reason reason, String message) {
    return new Outcome.Failed(reason, message, "");
  }
}
