package dev.funless.worker.latency;

import dev.funless.shared.function.ServiceUrl;

/**
 * What is measured.
 *
 * @param listed whether it may be connected to although its address is not public
 */
record Service(ServiceUrl url, boolean listed) {}
