/** Chance, the same in every run with the same seed. */
package dev.funless.fuzz.chance;
