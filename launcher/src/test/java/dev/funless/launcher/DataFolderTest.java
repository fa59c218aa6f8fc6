package dev.funless.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

  @TempDir private Path temporary;

  @Test
  void newFolderIsItsOwnersAlone() throws Exception {
    try (DataFolder data = DataFolder.open(temporary.resolve("a/b c"))) {
      assertEquals("rwx------", mode(data.folder()));
      assertEquals("rwx------", mode(data.folder().resolve("run")));
    }
  }

  @Test
  void secondOwnerIsRefusedUntilTheFirstCloses() throws Exception {
    Path path = temporary.resolve("data");
    try (DataFolder first = DataFolder.open(path)) {
      LaunchException refused = assertThrows(LaunchException.class, () -> DataFolder.open(path));
      assertTrue(
          refused.getMessage().contains("(process " + ProcessHandle.current().pid() + ")"),
          refused.getMessage());
      assertTrue(refused.getMessage().contains(first.folder().toString()));
    }
    DataFolder.open(path).close();
  }

  @Test
  void clusterNameIsTheFoldersHoweverItIsReached() throws Exception {
    Path link = temporary.resolve("link");
    Files.createSymbolicLink(link, Files.createDirectory(temporary.resolve("data")));
    String name;
    try (DataFolder data = DataFolder.open(temporary.resolve("data"))) {
      name = data.clusterName();
    }
    try (DataFolder same = DataFolder.open(link);
        DataFolder other = DataFolder.open(temporary.resolve("other"))) {
      assertEquals(name, same.clusterName());
      assertNotEquals(name, other.clusterName());
      assertTrue(name.matches("funless-[0-9a-f]{16}"), name);
    }
  }

  @Test
  void rotationKeepsTheLogOfTheLaunchBefore() throws Exception {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"))) {
      data.rotateLog("core1");
      Files.writeString(data.log("core1"), "one");
      data.rotateLog("core1");
      assertFalse(Files.exists(data.log("core1")));
      Files.writeString(data.log("core1"), "two");
      data.rotateLog("core1");
      assertEquals("two", Files.readString(data.folder().resolve("run/core1.log.1")));
    }
  }

  @Test
  void fileInTheWayIsOneSentence() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");
    LaunchException refused = assertThrows(LaunchException.class, () -> DataFolder.open(file));
    assertTrue(
        refused.getMessage().startsWith("The data folder " + file + " cannot be used ("),
        refused.getMessage());
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
