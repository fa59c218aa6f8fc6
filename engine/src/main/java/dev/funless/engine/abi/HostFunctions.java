package dev.funless.engine.abi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one list of all that a guest may call. */
public final class HostFunctions {

  /** FunLess's own host interface. */
  public static final String FUNLESS = "fl_imps";

  /** WASI preview 1. */
  public static final String WASI = "wasi_snapshot_preview1";

  private static final Map<String, Map<String, HostFunction>> BY_MODULE_AND_NAME =
      Stream.of(
              Invocation.FUNCTIONS,
              ConsoleLog.FUNCTIONS,
              HttpRequest.FUNCTIONS,
              WasiArguments.FUNCTIONS,
              WasiClocks.FUNCTIONS,
              WasiRandom.FUNCTIONS,
              WasiStreams.FUNCTIONS,
              WasiDescriptors.FUNCTIONS,
              WasiPaths.FUNCTIONS,
              WasiSockets.FUNCTIONS,
              WasiPoll.FUNCTIONS,
              WasiProcess.FUNCTIONS,
              AssemblyScriptImports.FUNCTIONS)
          .flatMap(List::stream)
          .collect(
              Collectors.groupingBy(
                  HostFunction::module,
                  Collectors.toUnmodifiableMap(HostFunction::name, Function.identity())));

  private HostFunctions() {}

  public static boolean isModule(String module) {
    return BY_MODULE_AND_NAME.containsKey(module);
  }

  public static Optional<HostFunction> find(String module, String name) {
    return Optional.ofNullable(BY_MODULE_AND_NAME.getOrDefault(module, Map.of()).get(name));
  }

  public static List<HostFunction> all() {
    return BY_MODULE_AND_NAME.values().stream()
        .flatMap(functions -> functions.values().stream())
        .toList();
  }
}
