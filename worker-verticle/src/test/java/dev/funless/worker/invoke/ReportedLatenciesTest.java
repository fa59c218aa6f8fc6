package dev.funless.worker.invoke;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funless.shared.function.FunctionSpec;
import dev.funless.shared.protocol.message.CatalogChanged;
import dev.funless.shared.protocol.message.WorkerReport.Latency;
import dev.funless.worker.AcceptingServer;
import dev.funless.worker.Wasm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the catalogue's change to the worker's report. */
@Timeout(120)
class ReportedLatenciesTest {

  private static final byte[] ECHO = Wasm.code("echo-wat");

  @TempDir Path folder;

  @Test
  void aWorkerReportsWhatFunctionsDeclareForAsLongAsTheyDo() throws Exception {
    try (AcceptingServer server = new AcceptingServer()) {
      String url = "http://" + server.host() + "/db";
      FunctionSpec plain = Wasm.spec("f", ECHO);
      FunctionSpec declares = Wasm.declaring(plain, List.of(server.host()), url);
      try (TestWorker worker = new TestWorker(folder, Map.of(plain.sha256(), ECHO))) {
        worker.tell(new CatalogChanged(0, 1, List.of(declares), List.of()));
        awaitReported(worker, List.of(url));
        assertTrue(last(worker).getFirst().millis() > 0);

        worker.tell(new CatalogChanged(1, 2, List.of(plain), List.of()));
        awaitReported(worker, List.of());

        worker.tell(new CatalogChanged(2, 3, List.of(declares), List.of()));
        awaitReported(worker, List.of(url));

        worker.tell(new CatalogChanged(3, 4, List.of(), List.of(plain.id())));
        awaitReported(worker, List.of());
      }
    }
  }

  private static void awaitReported(TestWorker worker, List<String> urls) {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                !worker.reports.isEmpty()
                    && last(worker).stream().map(Latency::service).toList().equals(urls));
  }

  private static List<Latency> last(TestWorker worker) {
    return worker.reports.getLast().latencies();
  }
}
