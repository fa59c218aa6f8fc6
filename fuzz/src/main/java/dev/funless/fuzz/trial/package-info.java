/** Runs one module on the engine and judges what came of it. */
package dev.funless.fuzz.trial;
