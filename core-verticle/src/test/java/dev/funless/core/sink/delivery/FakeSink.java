package dev.funless.core.sink.delivery;

import dev.funless.core.sink.Result;
import dev.funless.core.sink.SinkType;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A type of sink that does as its test says. */
final class FakeSink implements SinkType<FakeSink.Parameters> {

  record Parameters(String name) {}

  record Arrival(String sink, Result result, long nanos) {}

  final List<Arrival> tried = new CopyOnWriteArrayList<>();
  final List<Arrival> arrived = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  final AtomicInteger mostUnderWay = new AtomicInteger();

  volatile BiFunction<String, Result, Future<Void>> behaviour = (_, _) -> Future.succeededFuture();

  volatile Function<String, Future<Void>> reachable = _ -> Future.succeededFuture();

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Future<Void> deliver(Parameters parameters, Result result) {
    Arrival arrival = new Arrival(parameters.name(), result, System.nanoTime());
    tried.add(arrival);
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    return behaviour
        .apply(parameters.name(), result)
        .onComplete(_ -> underWay.decrementAndGet())
        .onSuccess(_ -> arrived.add(arrival));
  }

  @Override
  public Future<Void> reach(Parameters parameters) {
    return reachable.apply(parameters.name());
  }

  long arrivedAt(String sink) {
    return arrived.stream().filter(arrival -> arrival.sink().equals(sink)).count();
  }
}
