package dev.funless.core.workers;

import dev.funless.shared.protocol.message.WorkerReport;
import java.util.Optional;

/**
 * A worker as it is shown to people.
 *
 * @param sent calls that this core has sent and not got back
 * @param report its last metrics; absent where it has not reported yet
 * @param loadedFunctions how many modules are ready to run there
 */
public record WorkerView(
    String id,
    String name,
    String tag,
    String zone,
    int sent,
    Optional<WorkerReport> report,
    int loadedFunctions) {}
