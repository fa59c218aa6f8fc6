/**
 * The wasm engine: the only code that knows the wasm library. A module is checked ({@code
 * ModuleCheck} and its parts), compiled ({@code Loader}) and called ({@code Engine}, {@code
 * Runner}); {@code Places} decides who runs, {@code Watchdog} stops who runs too long. What a guest
 * may call is in {@code abi}, what it may hold in {@code memory}; neither knows this package.
 */
package dev.funless.engine;
