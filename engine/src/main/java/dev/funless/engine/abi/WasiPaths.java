package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import java.util.List;

/** Files do not exist: no descriptor is a directory, so no path can be looked up under one. */
final class WasiPaths {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningInt(WASI, "path_create_directory", "iii", under(0)),
          returningInt(WASI, "path_filestat_get", "iiiii", under(0)),
          returningInt(WASI, "path_filestat_set_times", "iiiilli", under(0)),
          returningInt(WASI, "path_link", "iiiiiii", under(0)),
          returningInt(WASI, "path_open", "iiiiillii", under(0)),
          returningInt(WASI, "path_readlink", "iiiiii", under(0)),
          returningInt(WASI, "path_remove_directory", "iii", under(0)),
          returningInt(WASI, "path_rename", "iiiiii", under(0)),
          returningInt(WASI, "path_symlink", "iiiii", under(2)),
          returningInt(WASI, "path_unlink_file", "iii", under(0)));

  private WasiPaths() {}

  private static HostFunction.Body under(int directoryArgument) {
    return (guest, args) ->
        guest.descriptors.isOpen((int) args[directoryArgument]) ? Errno.NOTDIR : Errno.BADF;
  }
}
