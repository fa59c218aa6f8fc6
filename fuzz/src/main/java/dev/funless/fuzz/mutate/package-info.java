/** Damages modules. */
package dev.funless.fuzz.mutate;
