/**
 * The modules that are measured: how they are built, what they are given, what they must answer.
 */
package dev.funless.bench.engine.guests;
