package dev.funless.engine.cache;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The entries' files. A file is written aside, brought to the disk and moved into its place in one
 * step; from then on only its time of modification changes, which says when it was last of use. A
 * reader therefore needs no lock, neither against this process nor against others.
 *
 * <p>Files are read and written with java.io since an interrupt does not close them there: a thread
 * that is told to stop leaves no doubt about a file.
 *
 * <p>Known caveat: several processes keep the bound each for itself, and look at what the others
 * wrote after every sixteenth of it that they wrote themselves.
 */
final class EntryFolder {

  /** A use is written down when the last that was is older than this. */
  static final Duration USE_NOTED = Duration.ofMinutes(10);

  /**
   * Who has not written to a file for this long has died over it. Should a writer live, having been
   * stopped for so long, it loses this one file, as if the disk had been full.
   */
  static final Duration ABANDONED = Duration.ofMinutes(10);

  /** After so many files that went away before they were opened, the folder is held for broken. */
  private static final int MAX_READS = 5;

  private static final String UNFINISHED = ".unfinished";

  private final Path folder;
  private final String compiler;
  private final long maxBytes;

  /** What the folder holds, as far as is known. Guarded by this. */
  private long knownBytes;

  /** What was written here since the folder was looked at. Guarded by this. */
  private long writtenBytes;

  EntryFolder(Path folder, String compiler, long maxBytes) {
    this.folder = folder;
    this.compiler = compiler;
    this.maxBytes = maxBytes;
  }

  /** Removes what other versions of the compiler left, and what is over the bound. */
  synchronized void open() throws IOException {
    Files.createDirectories(folder);
    removeAll(key -> !key.compiler().equals(compiler));
    lookAndEvict(0);
  }

  Optional<CompiledClasses> read(EntryKey key) throws IOException, DamagedEntryException {
    Path file = folder.resolve(key.fileName());
    for (int reads = 1; ; reads++) {
      try {
        return Optional.of(read(file, key));
      } catch (IOException e) {
        if (e instanceof NoSuchFileException || Files.notExists(file)) {
          return Optional.empty();
        }
        // It was removed before it was opened, and there is another one by now.
        if (!(e instanceof FileNotFoundException) || reads == MAX_READS) {
          throw e;
        }
      }
    }
  }

  private static CompiledClasses read(Path file, EntryKey key)
      throws IOException, DamagedEntryException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new DamagedEntryException("it is no file");
    }
    CompiledClasses compiled;
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      compiled = EntryFormat.read(in, key);
    }
    noteUse(file, attributes.lastModifiedTime());
    return compiled;
  }

  /** Makes room first, so that the bound holds at every moment. One file is written at a time. */
  synchronized void write(EntryKey key, byte[] entry) throws IOException {
    Files.createDirectories(folder);
    makeRoom(entry.length);
    Path unfinished = folder.resolve(key.fileName() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      try (var out = new FileOutputStream(unfinished.toFile())) {
        out.write(entry);
        out.getFD().sync();
      }
      Files.move(
          unfinished,
          folder.resolve(key.fileName()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Whether there was one; a file put there in between may go in its stead, and is missed once. */
  boolean remove(EntryKey key) throws IOException {
    return Files.deleteIfExists(folder.resolve(key.fileName()));
  }

  void removeAll(Predicate<EntryKey> which) throws IOException {
    for (Found found : look()) {
      if (found.key().filter(which).isPresent()) {
        deleted(found.file());
      }
    }
  }

  /** One file that will not go must not keep the others. */
  private static boolean deleted(Path file) {
    try {
      Files.deleteIfExists(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void noteUse(Path file, FileTime noted) {
    long now = System.currentTimeMillis();
    if (Math.abs(now - noted.toMillis()) > USE_NOTED.toMillis()) {
      try {
        Files.setLastModifiedTime(file, FileTime.fromMillis(now));
      } catch (IOException e) {
        // Then it is evicted earlier than it should be: no reason not to use what was read.
      }
    }
  }

  private void makeRoom(long bytes) throws IOException {
    if (knownBytes + bytes > maxBytes || writtenBytes + bytes > maxBytes / 16) {
      lookAndEvict(bytes);
    }
    knownBytes += bytes;
    writtenBytes += bytes;
  }

  /** Where anything has to go, a sixteenth of the bound goes, lest every file needs a look. */
  private void lookAndEvict(long room) throws IOException {
    List<Found> all = look();
    long bytes = all.stream().mapToLong(Found::bytes).sum();
    if (bytes + room > maxBytes) {
      long enough = Math.max(0, maxBytes - maxBytes / 16 - room);
      all.sort(
          Comparator.comparing((Found found) -> found.madeBy(compiler))
              .thenComparing(Found::usedMillis));
      for (Found found : all) {
        if (bytes <= enough) {
          break;
        }
        if (found.key().isPresent() && deleted(found.file())) {
          bytes -= found.bytes();
        }
      }
      if (bytes + room > maxBytes) {
        throw new IOException("there is no room in it for " + room + " bytes");
      }
    }
    knownBytes = bytes;
    writtenBytes = 0;
  }

  /** All entries and all files being written; those whose writers died are removed. */
  private List<Found> look() throws IOException {
    var all = new ArrayList<Found>();
    long now = System.currentTimeMillis();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Optional<EntryKey> key = EntryKey.ofFileName(name);
        if (key.isPresent() || name.endsWith(UNFINISHED)) {
          found(file, key, now).ifPresent(all::add);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return all;
  }

  private static Optional<Found> found(Path file, Optional<EntryKey> key, long now)
      throws IOException {
    try {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      long millis = attributes.lastModifiedTime().toMillis();
      if (key.isEmpty() && Math.abs(now - millis) > ABANDONED.toMillis()) {
        deleted(file);
        return Optional.empty();
      }
      // A clock that was wrong once must not keep an entry for ever.
      return Optional.of(new Found(file, key, attributes.size(), Math.min(millis, now)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * @param key empty for a file that is being written
   */
  private record Found(Path file, Optional<EntryKey> key, long bytes, long usedMillis) {

    boolean madeBy(String compiler) {
      return key.isPresent() && key.get().compiler().equals(compiler);
    }
  }
}
