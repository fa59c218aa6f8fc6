/**
 * Hostile modules for the engine: damaged ones, ones that call the host with anything, and valid
 * ones whose result is known. {@code Fuzz} starts, {@code Campaign} tries one after the other,
 * {@code trial} says what may not happen.
 */
package dev.funless.fuzz;
