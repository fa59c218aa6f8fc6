package dev.funless.worker.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFilesTest {

  private static final byte[] CODE = {1, 2, 3};
  private static final String SHA256 = CodeFiles.sha256(CODE);

  @TempDir Path folder;

  @Test
  void readsWhatWasWritten() throws IOException {
    CodeFiles files = new CodeFiles(folder.resolve("a/b"));
    files.write(SHA256, CODE);

    assertArrayEquals(CODE, files.read(SHA256).orElseThrow());
    assertArrayEquals(CODE, new CodeFiles(folder.resolve("a/b")).read(SHA256).orElseThrow());
  }

  @Test
  void whatIsNotThereIsEmpty() throws IOException {
    assertEquals(Optional.empty(), new CodeFiles(folder).read(SHA256));
  }

  @Test
  void aDamagedFileIsRemovedAndCanBeWrittenAgain() throws IOException {
    CodeFiles files = new CodeFiles(folder);
    for (byte[] damaged : new byte[][] {{}, {1, 2}, {1, 2, 4}, {1, 2, 3, 0}}) {
      Files.write(folder.resolve(SHA256 + ".wasm"), damaged);

      assertEquals(Optional.empty(), files.read(SHA256));
      assertTrue(names().isEmpty());
    }
    files.write(SHA256, CODE);
    assertArrayEquals(CODE, files.read(SHA256).orElseThrow());
  }

  @Test
  void whatWasHalfWrittenWhenTheWorkerDiedIsRemovedAtTheNextStart() throws IOException {
    new CodeFiles(folder).write(SHA256, CODE);
    Files.write(folder.resolve(SHA256 + "123.tmp"), CODE);

    new CodeFiles(folder);

    assertEquals(List.of(SHA256 + ".wasm"), names());
  }

  @Test
  void aFileIsWholeWheneverItIsThere() throws Exception {
    byte[] large = new byte[1 << 20];
    String sha256 = CodeFiles.sha256(large);
    CodeFiles files = new CodeFiles(folder);
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  files.write(sha256, large);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    Path file = folder.resolve(sha256 + ".wasm");
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
    do {
      assertTrue(!Files.exists(file) || Files.size(file) == large.length);
    } while (!all.isDone());
    all.get(10, TimeUnit.SECONDS);

    assertEquals(List.of(sha256 + ".wasm"), names());
  }

  @Test
  void aWriteThatFailsLeavesNothing() throws IOException {
    CodeFiles files = new CodeFiles(folder);
    Files.createDirectories(folder.resolve(SHA256 + ".wasm").resolve("in the way"));

    assertThrows(IOException.class, () -> files.write(SHA256, CODE));

    assertFalse(names().stream().anyMatch(name -> name.endsWith(".tmp")));
  }

  @Test
  void keepsOnlyWhatIsNamed() throws IOException {
    byte[] other = {9};
    CodeFiles files = new CodeFiles(folder);
    files.write(SHA256, CODE);
    files.write(CodeFiles.sha256(other), other);
    Files.writeString(folder.resolve("README"), "not code");

    files.keepOnly(Set.of(SHA256, "a".repeat(64)));

    assertEquals(List.of("README", SHA256 + ".wasm").stream().sorted().toList(), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
