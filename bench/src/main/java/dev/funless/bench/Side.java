package dev.funless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.funless.bench.load.Load;
import dev.funless.bench.load.LoadGenerator;
import dev.funless.bench.load.Measurement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** One of the two things compared. Both get the same request and must give the same answer. */
final class Side {

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(10);

  private final String name;
  private final URI server;
  private final byte[] request;
  private final byte[] answer;
  private final Processes processes;

  /** The processes that work for this side, by name, as they are now. */
  interface Processes {
    Map<String, ProcessHandle> now() throws IOException;
  }

  Side(String name, URI server, String token, String answer, Processes processes) {
    this.name = name;
    this.server = server;
    this.request = request(server, token);
    this.answer = answer.getBytes(UTF_8);
    this.processes = processes;
  }

  Sample measure(int connections, Duration duration) throws IOException {
    CpuMeter servers = CpuMeter.start(processes.now());
    CpuMeter generator = CpuMeter.start(Map.of("load generator", ProcessHandle.current()));
    Measurement measurement =
        LoadGenerator.run(
            new Load(
                new InetSocketAddress(server.getHost(), server.getPort()),
                request,
                200,
                answer,
                connections,
                duration,
                ANSWER_DEADLINE));
    return new Sample(
        name,
        connections,
        measurement,
        servers.microsPer(measurement.received()),
        generator.microsPer(measurement.received()));
  }

  private static byte[] request(URI server, String token) {
    return """
    POST %s HTTP/1.1\r
    Host: %s\r
    Authorization: Bearer %s\r
    Accept: application/json\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(
            FunctionClient.FUNCTION_PATH,
            server.getAuthority(),
            token,
            FunctionClient.ARGUMENTS.length(),
            FunctionClient.ARGUMENTS)
        .getBytes(UTF_8);
  }
}
