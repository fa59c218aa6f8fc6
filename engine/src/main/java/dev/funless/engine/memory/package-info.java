/** What guests hold: linear memory and tables, and the budget that all of it is taken from. */
package dev.funless.engine.memory;
