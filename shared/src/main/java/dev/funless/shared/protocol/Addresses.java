package dev.funless.shared.protocol;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.protocol.message.CallsQueued;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.CatalogSync;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.CodeRequest;
import dev.funless.shared.protocol.message.DecisionList;
import dev.funless.shared.protocol.message.DecisionsRequest;
import dev.funless.shared.protocol.message.FunctionList;
import dev.funless.shared.protocol.message.FunctionListRequest;
import dev.funless.shared.protocol.message.InvokeAnswer;
import dev.funless.shared.protocol.message.InvokeRequest;
import dev.funless.shared.protocol.message.LoadedChanged;
import dev.funless.shared.protocol.message.LoadedList;
import dev.funless.shared.protocol.message.LoadedListRequest;
import dev.funless.shared.protocol.message.PrepareRequest;
import dev.funless.shared.protocol.message.Prepared;
import dev.funless.shared.protocol.message.RunBatch;
import dev.funless.shared.protocol.message.RunResults;
import dev.funless.shared.protocol.message.StartAnswer;
import dev.funless.shared.protocol.message.StartRequest;
import dev.funless.shared.protocol.message.WorkerReport;
import java.util.List;

/** Every address of the platform on the event bus, with what is said there. */
public final class Addresses {

  /** Any core invokes a function, as {@code POST /v1/fn/:module/:function} does. For everybody. */
  public static final Address<InvokeRequest, InvokeAnswer> INVOKE =
      new Address<>("funless.invoke", InvokeRequest.class, InvokeAnswer.class);

  /** Each worker tells four times a second how it is. For everybody. */
  public static final Topic<WorkerReport> WORKER_REPORTS =
      new Topic<>("funless.worker-reports", WorkerReport.class);

  /** Workers tell which code they have loaded or dropped. */
  public static final Topic<LoadedChanged> LOADED_CHANGES =
      new Topic<>("funless.loaded-changes", LoadedChanged.class);

  /** Cores tell each change of the catalogue, and once a second the version that they know. */
  public static final Topic<CatalogChanged> CATALOG_CHANGES =
      new Topic<>("funless.catalog-changes", CatalogChanged.class);

  /** Any core gives a piece of a function's code. */
  public static final Address<CodeRequest, CodeChunk> CODE =
      new Address<>("funless.code", CodeRequest.class, CodeChunk.class);

  /** Any core gives a page of the functions that exist. */
  public static final Address<FunctionListRequest, FunctionList> FUNCTIONS =
      new Address<>("funless.functions", FunctionListRequest.class, FunctionList.class);

  private Addresses() {}

  /** Cores send one worker calls; {@link RunClient} and {@link RunServer} speak here. */
  static Topic<RunBatch> runs(String workerId) {
    return new Topic<>("funless.worker." + workerId + ".runs", RunBatch.class);
  }

  /** Workers send one core the answers. */
  static Topic<RunResults> results(String coreId) {
    return new Topic<>("funless.core." + coreId + ".results", RunResults.class);
  }

  /** One worker fetches and compiles a function, and answers when it can be called. */
  public static Address<PrepareRequest, Prepared> prepare(String workerId) {
    return new Address<>(
        "funless.worker." + workerId + ".prepare", PrepareRequest.class, Prepared.class);
  }

  /** One worker lists the code that it has loaded. */
  public static Address<LoadedListRequest, LoadedList> loaded(String workerId) {
    return new Address<>(
        "funless.worker." + workerId + ".loaded", LoadedListRequest.class, LoadedList.class);
  }

  /** Workers tell one core which of its calls wait. */
  public static Topic<CallsQueued> queued(String coreId) {
    return new Topic<>("funless.core." + coreId + ".queued", CallsQueued.class);
  }

  /** Workers ask one core whether they may start a call that waited. */
  public static Address<StartRequest, StartAnswer> start(String coreId) {
    return new Address<>(
        "funless.core." + coreId + ".start", StartRequest.class, StartAnswer.class);
  }

  /** One core tells the last decisions that it made for a function. */
  public static Address<DecisionsRequest, DecisionList> decisions(String coreId) {
    return new Address<>(
        "funless.core." + coreId + ".decisions", DecisionsRequest.class, DecisionList.class);
  }

  /** One core answers when it knows that version of the catalogue. */
  public static Address<CatalogSync, CatalogSync> catalogSync(String coreId) {
    return new Address<>(
        "funless.core." + coreId + ".catalog", CatalogSync.class, CatalogSync.class);
  }

  /** Every record that travels; each needs its codec, since codecs match the exact class. */
  static List<Class<? extends Record>> messages() {
    return List.of(
        Failure.class,
        InvokeRequest.class,
        InvokeAnswer.class,
        WorkerReport.class,
        LoadedChanged.class,
        LoadedListRequest.class,
        LoadedList.class,
        CatalogChanged.class,
        CodeRequest.class,
        CodeChunk.class,
        FunctionListRequest.class,
        FunctionList.class,
        RunBatch.class,
        RunResults.class,
        PrepareRequest.class,
        Prepared.class,
        CallsQueued.class,
        StartRequest.class,
        StartAnswer.class,
        CatalogSync.class,
        DecisionsRequest.class,
        DecisionList.class);
  }
}
