package dev.funless.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps findings: for each the module, the smallest one that has it, and how to see it again. */
final class FindingFolder {

  private final Path folder;
  private final String target;

  FindingFolder(Path folder, String target) {
    this.folder = folder;
    this.target = target;
  }

  /** Gives where it is kept. */
  Path keep(Campaign.Found found) {
    Path own = folder.resolve(target + "-" + Long.toUnsignedString(found.made().seed(), 16));
    try {
      Files.createDirectories(own);
      Files.write(own.resolve("module.wasm"), found.made().module());
      Files.write(own.resolve("smallest.wasm"), found.smallest().module());
      Files.writeString(own.resolve("report.txt"), report(found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return own;
  }

  private String report(Campaign.Found found) {
    String without = found.dropped().isEmpty() ? "" : " --without " + Parts.text(found.dropped());
    String again = "scripts/fuzz " + target + " --case " + found.made().seed();
    return String.join(
        "\n",
        found.finding().kind() + ": " + found.finding().detail(),
        "",
        "module.wasm: " + found.made().story() + ". Again: " + again,
        "smallest.wasm: " + again + without,
        "");
  }
}
