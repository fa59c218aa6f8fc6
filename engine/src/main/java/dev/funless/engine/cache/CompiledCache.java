package dev.funless.engine.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled classes on disk, kept under the hash of the code they were made of and the version of
 * what made them: entries of another version are never read, and removed when a cache is opened.
 * The least recently used goes first where the bound asks for it (a use within ten minutes of
 * another may not be noted).
 *
 * <p>It helps or it does not, but it never fails: a full disk, a folder that cannot be used, a file
 * that is damaged, cut off or of someone else is a miss and a line in the log. A damaged file is
 * removed. Several threads, caches and processes may share a folder; a crash leaves at worst an
 * unfinished file, which nobody reads and which is removed by whoever looks ten minutes later.
 *
 * <p>Every entry is checked against a SHA-256 over itself and its key. That finds what disks,
 * copies and other programs do to a file. It does not stop someone who may write to the folder and
 * means harm: there is no secret in it, and classes are code. The folder must belong to the worker
 * alone.
 *
 * <p>All methods block on the disk. Thread-safe.
 */
public final class CompiledCache {

  private static final Logger LOG = LoggerFactory.getLogger(CompiledCache.class);

  private final Path path;
  private final String compiler;
  private final long maxBytes;
  private final EntryFolder folder;

  /** Whether the last that was tried with the folder failed, and was logged. */
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param folder is made where it does not exist
   * @param compilerVersion everything beside the code that decides what the classes are: the
   *     compiler, its settings, what is done to the classes afterwards, and what they link to
   * @param maxBytes the most that all files together take; several processes that share the folder
   *     may go over it by a sixteenth each
   */
  public CompiledCache(Path folder, String compilerVersion, long maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("a cache of " + maxBytes + " bytes");
    }
    this.path = folder;
    this.compiler = EntryKey.hash(compilerVersion);
    this.maxBytes = maxBytes;
    this.folder = new EntryFolder(folder, compiler, maxBytes);
    attempt(this.folder::open);
  }

  /**
   * @param sha256 of the code, 64 lower-case hexadecimal digits; so in all methods
   */
  public Optional<CompiledClasses> get(String sha256) {
    EntryKey key = new EntryKey(sha256, compiler);
    try {
      return folder.read(key);
    } catch (DamagedEntryException e) {
      attempt(
          () -> {
            if (folder.remove(key)) {
              LOG.warn(
                  "The cached classes of {} are damaged ({}); removed", sha256, e.getMessage());
            }
          });
    } catch (IOException e) {
      failed(e);
    }
    return Optional.empty();
  }

  /** Keeps an entry, in the place of the one that there may be; not one above the bound. */
  public void put(String sha256, CompiledClasses compiled) {
    EntryKey key = new EntryKey(sha256, compiler);
    long bytes = EntryFormat.encodedBytes(compiled);
    if (bytes > Math.min(maxBytes, EntryFormat.ENTRY_BYTES)) {
      LOG.info("The classes of {} are too large to be kept: {} bytes", sha256, bytes);
      return;
    }
    byte[] entry = EntryFormat.encode(key, compiled);
    if (attempt(() -> folder.write(key, entry))) {
      failing.set(false);
    }
  }

  public void remove(String sha256) {
    EntryKey key = new EntryKey(sha256, compiler);
    attempt(() -> folder.remove(key));
  }

  /**
   * Removes all entries but those of the given code, of every version.
   *
   * @param sha256s what anyone who shares the folder still wants
   */
  public void keepOnly(Set<String> sha256s) {
    attempt(() -> folder.removeAll(key -> !sha256s.contains(key.code())));
  }

  private boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      failed(e);
      return false;
    }
  }

  /** Said once, until something could be written again. */
  private void failed(IOException e) {
    if (!failing.getAndSet(true)) {
      LOG.warn("The cache of compiled classes in {} cannot be used: {}", path, e.toString());
    } else {
      LOG.debug("The cache of compiled classes in {} still cannot be used: {}", path, e.toString());
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
