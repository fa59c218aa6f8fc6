package dev.funless.launcher;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The folder that holds all state of a platform, held by one launcher at a time. The lock belongs
 * to the process, so that the system frees it however the process ends; the file stays, because
 * deleting it would let two launchers lock two files of the same name.
 */
final class DataFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Creates what is missing, readable by its owner only, and takes the lock. */
  static DataFolder open(Path path) throws LaunchException {
    try {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      createPrivately(path);
      Path folder = path.toRealPath();
      createPrivately(folder.resolve("run"));
      return new DataFolder(folder, lock(folder));
    } catch (IOException e) {
      throw new LaunchException(
          "The data folder " + path + " cannot be used (" + e + "); choose another with --data.",
          e);
    }
  }

  /** The real path of the folder. */
  Path folder() {
    return folder;
  }

  Path database() {
    return folder.resolve("database");
  }

  Path tokens() {
    return folder.resolve("tokens");
  }

  Path log(String node) {
    return folder.resolve("run").resolve(node + ".log");
  }

  Path pid(String node) {
    return folder.resolve("run").resolve(node + ".pid");
  }

  /** The pid files of this launcher and of earlier ones. */
  List<Path> pids() throws IOException {
    List<Path> files = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder.resolve("run"), "*.pid")) {
      entries.forEach(files::add);
    }
    return files;
  }

  /** The same for every launch on this folder, another one for every other folder. */
  String clusterName() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
      return "funless-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Lets a node begin a new log; what the launch before wrote stays in {@code NAME.log.1}. */
  void rotateLog(String node) throws IOException {
    Path log = log(node);
    if (Files.exists(log)) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  void writePid(String node, long pid) throws IOException {
    Path file = pid(node);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(unfinished, pid + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void deletePid(String node) throws IOException {
    Files.deleteIfExists(pid(node));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static void createPrivately(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static FileChannel lock(Path folder) throws IOException, LaunchException {
    FileChannel channel =
        FileChannel.open(folder.resolve("run").resolve("up.lock"), CREATE, READ, WRITE);
    boolean locked = false;
    try {
      locked = tryLock(channel);
      if (!locked) {
        throw new LaunchException(
            "Another scripts/up"
                + owner(channel)
                + " runs on "
                + folder
                + "; stop it, or choose another folder with --data.");
      }
      channel.truncate(0);
      channel.write(ascii(ProcessHandle.current().pid() + "\n"), 0);
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    return pid.isEmpty() ? "" : " (process " + pid + ")";
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
