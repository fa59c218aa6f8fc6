/**
 * What the engine is compared with; the only code outside of the engine that knows the wasm
 * library.
 */
package dev.funless.fuzz.reference;
