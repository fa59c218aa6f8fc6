/** {@code scripts/bench engine}: the wasm engine against its targets, against C and against V8. */
package dev.funless.bench.engine;
