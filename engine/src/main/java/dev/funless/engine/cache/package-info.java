/**
 * What makes a function load fast a second time: its compiled classes, kept on disk ({@code
 * CompiledCache}), and its module without the code that those classes replace ({@code BodyStubs}).
 * Knows neither the engine nor the wasm library.
 */
package dev.funless.engine.cache;
