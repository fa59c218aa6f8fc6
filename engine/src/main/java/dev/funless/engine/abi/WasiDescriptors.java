package dev.funless.engine.abi;

import static dev.funless.engine.abi.HostFunction.returningInt;
import static dev.funless.engine.abi.HostFunctions.WASI;

import java.util.List;

/** What can be asked of, and done to, the three standard streams. They are pipes, not files. */
final class WasiDescriptors {

  static final List<HostFunction> FUNCTIONS =
      List.of(
          returningInt(WASI, "fd_close", "i", WasiDescriptors::close),
          returningInt(WASI, "fd_renumber", "ii", WasiDescriptors::renumber),
          returningInt(WASI, "fd_fdstat_get", "ii", WasiDescriptors::status),
          returningInt(WASI, "fd_fdstat_set_flags", "ii", openOr(Errno.SUCCESS)),
          returningInt(WASI, "fd_fdstat_set_rights", "ill", openOr(Errno.NOTSUP)),
          returningInt(WASI, "fd_filestat_get", "ii", WasiDescriptors::fileStatus),
          returningInt(WASI, "fd_filestat_set_size", "il", openOr(Errno.INVAL)),
          returningInt(WASI, "fd_filestat_set_times", "illi", openOr(Errno.NOTSUP)),
          returningInt(WASI, "fd_advise", "illi", openOr(Errno.SPIPE)),
          returningInt(WASI, "fd_allocate", "ill", openOr(Errno.SPIPE)),
          returningInt(WASI, "fd_datasync", "i", openOr(Errno.INVAL)),
          returningInt(WASI, "fd_sync", "i", openOr(Errno.INVAL)),
          returningInt(WASI, "fd_seek", "ilii", openOr(Errno.SPIPE)),
          returningInt(WASI, "fd_tell", "ii", openOr(Errno.SPIPE)),
          returningInt(WASI, "fd_pread", "iiili", openOr(Errno.SPIPE)),
          returningInt(WASI, "fd_pwrite", "iiili", openOr(Errno.SPIPE)),
          returningInt(WASI, "fd_readdir", "iiili", openOr(Errno.NOTDIR)),
          returningInt(WASI, "fd_prestat_get", "ii", (guest, args) -> Errno.BADF),
          returningInt(WASI, "fd_prestat_dir_name", "iii", (guest, args) -> Errno.BADF));

  private static final int STATUS_BYTES = 24;
  private static final int FILE_STATUS_BYTES = 64;
  private static final long RIGHT_READ = 1L << 1;
  private static final long RIGHT_WRITE = 1L << 6;
  private static final long RIGHT_POLL = 1L << 27;

  private WasiDescriptors() {}

  /** The given number for an open descriptor, which is always a pipe; EBADF for all others. */
  private static HostFunction.Body openOr(int errno) {
    return (guest, args) -> guest.descriptors.isOpen((int) args[0]) ? errno : Errno.BADF;
  }

  private static long close(Guest guest, long[] args) {
    if (!guest.descriptors.isOpen((int) args[0])) {
      return Errno.BADF;
    }
    guest.descriptors.close((int) args[0]);
    return Errno.SUCCESS;
  }

  private static long renumber(Guest guest, long[] args) {
    boolean bothOpen =
        guest.descriptors.isOpen((int) args[0]) && guest.descriptors.isOpen((int) args[1]);
    return bothOpen ? Errno.NOTSUP : Errno.BADF;
  }

  /** The file type stays "unknown", as for a pipe elsewhere; libraries then buffer fully. */
  private static long status(Guest guest, long[] args) {
    int descriptor = (int) args[0];
    int target = (int) args[1];
    if (!guest.descriptors.isOpen(descriptor)) {
      return Errno.BADF;
    }
    guest.memory().write(target, new byte[STATUS_BYTES], 0, STATUS_BYTES);
    long rights = descriptor == Descriptors.STDIN ? RIGHT_READ : RIGHT_WRITE;
    guest.memory().writeLong(target + 8, rights | RIGHT_POLL);
    return Errno.SUCCESS;
  }

  private static long fileStatus(Guest guest, long[] args) {
    if (!guest.descriptors.isOpen((int) args[0])) {
      return Errno.BADF;
    }
    guest.memory().write((int) args[1], new byte[FILE_STATUS_BYTES], 0, FILE_STATUS_BYTES);
    return Errno.SUCCESS;
  }
}
