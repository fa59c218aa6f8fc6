package dev.funless.core.schedule;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.funless.shared.function.FunctionSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a policy that is a wasm function is asked: {@code {"configuration": {…}, "workers": […],
 * "function": {…}}}, all that the built-in policies see of workers and function. See {@code
 * docs/policies.md}.
 */
public final class PolicyQuestion {

  private static final JsonFactory JSON = new JsonFactory();

  private PolicyQuestion() {}

  public static byte[] of(WasmConfig config, List<Worker> workers, Call call) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512 * (workers.size() + 1));
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeFieldName("configuration");
      json.writeRawValue(config.config().map(Object::toString).orElse("{}"));
      json.writeArrayFieldStart("workers");
      for (Worker worker : workers) {
        write(json, worker, call);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("function");
      write(json, call.function());
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, Worker worker, Call call) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", worker.name());
    json.writeStringField("id", worker.id());
    json.writeStringField("tag", worker.tag());
    json.writeStringField("zone", worker.zone());
    json.writeBooleanField("reported", worker.reported());
    json.writeNumberField("memory_total_bytes", worker.memoryTotalBytes());
    json.writeNumberField("memory_available_bytes", worker.memoryAvailableBytes());
    json.writeNumberField("places", worker.places());
    json.writeNumberField("running", worker.running());
    json.writeNumberField("queued", worker.queued());
    json.writeNumberField("sent", worker.sent());
    json.writeNumberField("calls", worker.calls());
    json.writeBooleanField("loaded", worker.hasLoaded(call.function().sha256()));
    json.writeNumberField("idle_instances", worker.idleInstances(call.function().sha256()));
    json.writeNumberField("cost_ms", call.costMillis(worker));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, FunctionSpec function) throws IOException {
    json.writeStringField("module", function.id().module());
    json.writeStringField("name", function.id().name());
    json.writeStringField("tag", function.tag());
    json.writeNumberField("capacity_bytes", function.capacityBytes());
    json.writeNumberField("timeout_ms", function.limits().timeoutMillis());
  }
}
