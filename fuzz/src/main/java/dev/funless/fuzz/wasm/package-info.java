/** Writes wasm modules, instruction by instruction. */
package dev.funless.fuzz.wasm;
