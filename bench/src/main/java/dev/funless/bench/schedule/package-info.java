/** {@code scripts/bench schedule}: what a scheduling decision costs, against its targets. */
package dev.funless.bench.schedule;
