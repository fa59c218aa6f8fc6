package dev.funless.fuzz.mutate;

import dev.funless.fuzz.chance.Dice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Valid modules to start from. Small ones come more often: they are tried faster. */
public final class Corpus {

  /** Of a size that is compiled in a second. */
  private static final long LARGEST_BYTES = 200_000;

  /** What a module costs beside its size. */
  private static final double BASE_BYTES = 2000;

  /** A module of the corpus. */
  public record Entry(String name, byte[] bytes) {}

  private final List<Entry> entries;
  private final double[] sums;

  private Corpus(List<Entry> entries) {
    this.entries = entries;
    this.sums = new double[entries.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += 1 / (BASE_BYTES + entries.get(i).bytes.length);
      sums[i] = sum;
    }
  }

  /** All modules in the folders and below, in the order of their names. */
  public static Corpus of(List<Path> folders) throws IOException {
    var entries = new ArrayList<Entry>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files.filter(each -> each.toString().endsWith(".wasm")).sorted().toList()) {
          if (Files.size(file) <= LARGEST_BYTES) {
            entries.add(new Entry(folder.relativize(file).toString(), Files.readAllBytes(file)));
          }
        }
      }
    }
    if (entries.isEmpty()) {
      throw new IOException("There is no .wasm file in " + folders + ".");
    }
    return new Corpus(entries);
  }

  public Entry pick(Dice dice) {
    double at = (dice.next() >>> 11) * 0x1.0p-53 * sums[sums.length - 1];
    int index = 0;
    while (index < sums.length - 1 && sums[index] < at) {
      index++;
    }
    return entries.get(index);
  }
}
