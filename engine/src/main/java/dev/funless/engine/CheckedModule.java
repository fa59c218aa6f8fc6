package dev.funless.engine;

import com.dylibso.chicory.wasm.WasmModule;
import dev.funless.engine.abi.HostFunction;
import java.util.List;

/**
 * A parsed module that keeps all the rules.
 *
 * @param entryIndex the function that a call enters
 * @param initializeIndex the function to run before it; -1 where there is none
 * @param imports what it imports, each once
 */
record CheckedModule(
    WasmModule module,
    ModuleInfo info,
    int entryIndex,
    int initializeIndex,
    List<HostFunction> imports) {}
