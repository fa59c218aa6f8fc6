package dev.funless.bench.engine;

import dev.funless.bench.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A process that runs kernels when it is told to: gcc's code, the engine, or V8. */
final class KernelSide implements AutoCloseable {

  private static final Duration ALLOWED = Duration.ofMinutes(3);

  private final Child child;
  private int number;

  KernelSide(Child child) {
    this.child = child;
  }

  /**
   * @param checksum depends on all that the kernel computed
   */
  record Run(double seconds, String checksum) {}

  Run run(String kernel, int repetitions) throws IOException, InterruptedException {
    number++;
    child.send(number + " " + kernel + " " + repetitions);
    String prefix = "answer " + number + " ";
    List<String> words =
        List.of(child.awaitLine(prefix, ALLOWED).substring(prefix.length()).split(" ", -1));
    return new Run(Long.parseLong(words.get(0)) / 1e9, words.get(1));
  }

  @Override
  public void close() {
    child.close();
  }
}
