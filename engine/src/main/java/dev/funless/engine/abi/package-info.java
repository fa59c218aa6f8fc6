/**
 * What a guest may call, a file a capability; {@code HostFunctions} is the one list of all.
 * Pointers and lengths are checked, as unsigned numbers, where they are used: one outside the
 * guest's memory traps that call.
 */
package dev.funless.engine.abi;
