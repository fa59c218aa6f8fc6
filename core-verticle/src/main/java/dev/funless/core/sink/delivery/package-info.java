/**
 * Results on their way to sinks: kept in PostgreSQL before the caller is answered, then delivered
 * until they have arrived.
 */
package dev.funless.core.sink.delivery;
