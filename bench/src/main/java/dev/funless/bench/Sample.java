package dev.funless.bench;

import dev.funless.bench.load.Measurement;
import java.util.Map;
import java.util.Optional;

/**
 * One side measured once.
 *
 * @param serverMicros CPU microseconds per request by server process, where they are known
 * @param generatorMicros the same of the load generator
 */
record Sample(
    String side,
    int connections,
    Measurement measurement,
    Optional<Map<String, Double>> serverMicros,
    Optional<Map<String, Double>> generatorMicros) {}
