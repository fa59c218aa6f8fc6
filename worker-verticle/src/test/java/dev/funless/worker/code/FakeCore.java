package dev.funless.worker.code;

import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.Addresses;
import dev.funless.shared.protocol.Bus;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.CodeRequest;
import dev.funless.shared.protocol.message.FunctionList;
import dev.funless.shared.protocol.message.FunctionListRequest;
import dev.funless.worker.Wasm;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Gives code and functions as a core does, or as a test says, and records what it was asked. */
final class FakeCore {

  final List<CodeRequest> chunks = new CopyOnWriteArrayList<>();
  final List<Integer> offsets = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> codes = new ConcurrentHashMap<>();

  volatile List<FunctionSpec> functions = List.of();
  volatile long version = 1;

  /** May replace a chunk, or fail. */
  volatile BiFunction<CodeRequest, CodeChunk, Future<CodeChunk>> spoil =
      (_, chunk) -> Future.succeededFuture(chunk);

  /** Told each request for a page before it is answered. */
  volatile Function<FunctionListRequest, Future<Void>> beforePage = _ -> Future.succeededFuture();

  Future<?> serve(Bus bus) {
    return Future.all(
        bus.serve(Addresses.CODE, this::chunk).ready(),
        bus.serve(Addresses.FUNCTIONS, this::page).ready());
  }

  FunctionSpec has(String name, byte[] code) {
    FunctionSpec spec = Wasm.spec(name, code);
    codes.put(spec.sha256(), code);
    return spec;
  }

  private Future<CodeChunk> chunk(CodeRequest request) {
    chunks.add(request);
    byte[] code = codes.get(request.sha256());
    int start = request.index() * CodeRequest.CHUNK_BYTES;
    if (code == null || start >= code.length) {
      return Future.failedFuture(
          new Failure(Category.NOT_FOUND, "no_such_code", "There is no such code.").exception());
    }
    int end = Math.min(start + CodeRequest.CHUNK_BYTES, code.length);
    return spoil.apply(request, new CodeChunk(Arrays.copyOfRange(code, start, end), code.length));
  }

  private Future<FunctionList> page(FunctionListRequest request) {
    offsets.add(request.offset());
    return beforePage
        .apply(request)
        .map(
            _ ->
                new FunctionList(
                    version,
                    functions.stream()
                        .skip(request.offset())
                        .limit(FunctionListRequest.PAGE)
                        .toList()));
  }
}
