package dev.funless.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of one benchmark and its temporary folder. Closing ends the ones and removes the
 * other; the end of the JVM, Ctrl-C included, closes too. Thread-safe.
 */
public final class Children implements AutoCloseable {

  private final Path folder;
  private final Deque<Child> running = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "end-children");
  private boolean ended;

  private Children(Path folder) {
    this.folder = folder;
  }

  public static Children open() throws IOException {
    Children children = new Children(Files.createTempDirectory("funless-bench-"));
    Runtime.getRuntime().addShutdownHook(children.hook);
    return children;
  }

  public Path folder() {
    return folder;
  }

  /** Whether the end has come, by Ctrl-C for example; while it comes, this waits for it. */
  public synchronized boolean ended() {
    return ended;
  }

  public synchronized Child start(String name, List<String> command, Path directory)
      throws IOException {
    if (ended) {
      throw new IllegalStateException("the benchmark is ending");
    }
    Child child = Child.start(name, command, directory, folder.resolve(name + ".log"));
    running.push(child);
    return child;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, and finds nothing left to do.
    }
  }

  private synchronized void end() {
    ended = true;
    while (!running.isEmpty()) {
      running.pop().close();
    }
    try {
      remove();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
