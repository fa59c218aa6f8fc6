/** Benchmarks of the platform; one main class for each argument of {@code scripts/bench}. */
package dev.funless.bench;
