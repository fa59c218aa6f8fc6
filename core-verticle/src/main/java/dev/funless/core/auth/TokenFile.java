package dev.funless.core.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The file that holds the first tokens, readable by its owner only. */
public final class TokenFile {

  private TokenFile() {}

  /** Writes the file in one step: nobody ever sees half of it, or sees it with other rights. */
  public static void write(Path file, String admin, String guest) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path half =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "tokens",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(half, "Admin=" + admin + "\nGuest=" + guest + "\n");
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
