package dev.funless.engine;

import com.dylibso.chicory.wasm.WasmModule;
import dev.funless.engine.abi.HostFunction;
import java.util.List;

/**
 * A parsed module that keeps all the rules.
 *
 * @param entryIndex the function that a call enters
 * @param startIndex the function to run before all others; -1 where there is none
 * @param initializeIndex the function to run before the entry; -1 where there is none
 * @param imports what it imports, each once
 */
record CheckedModule(
    WasmModule module,
    ModuleInfo info,
    int entryIndex,
    int startIndex,
    int initializeIndex,
    List<HostFunction> imports) {}
