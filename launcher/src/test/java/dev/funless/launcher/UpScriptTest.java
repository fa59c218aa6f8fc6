package dev.funless.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script itself, in a checkout where {@code mvn} and {@code java} are small scripts: the one
 * makes the jars, the other prints its arguments.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class UpScriptTest {

  private static final List<String> JARS =
      List.of("launcher/target/launcher.jar", Layout.CORE_JAR, Layout.WORKER_JAR);

  @TempDir private Path temporary;

  private Path root;
  private Path tools;

  @BeforeEach
  void makeCheckout() throws Exception {
    root = temporary.toRealPath().resolve("check out");
    tools = Files.createDirectories(temporary.resolve("tools"));
    for (String module :
        List.of("shared", "engine", "core-verticle", "worker-verticle", "launcher")) {
      Files.createDirectories(root.resolve(module + "/src/main"));
      Files.writeString(root.resolve(module + "/pom.xml"), "");
      Files.writeString(root.resolve(module + "/src/main/Source.java"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    Files.createDirectories(root.resolve("scripts"));
    Path repository = Path.of(System.getProperty("funless.root"));
    Files.copy(repository.resolve("scripts/up"), root.resolve("scripts/up"));
    script(root.resolve("scripts/jdk"), "echo '" + temporary + "/jdk'");
    script(
        temporary.resolve("jdk/bin/java"),
        """
        case "$*" in *check-only*--bad*) echo no such option >&2; exit 2 ;; *check-only*) exit 0 ;; esac
        pwd
        printf '%s\\n' "$@"
        """);
    maven(
        "mkdir -p launcher/target core-verticle/target worker-verticle/target; touch "
            + String.join(" ", JARS));
  }

  @Test
  void buildsOnceAndRunsTheLauncherInTheCallersFolder() throws Exception {
    Result first = up("--data", "my data");
    assertEquals(0, first.code(), first.err());
    List<String> lines = first.out().lines().toList();
    assertEquals(temporary.toRealPath().toString(), lines.getFirst());
    assertTrue(lines.contains("-Dfunless.root=" + root), first.out());
    assertEquals(
        List.of(
            "-cp",
            root + "/launcher/target/launcher.jar",
            "dev.funless.launcher.Up",
            "--data",
            "my data"),
        lines.subList(lines.size() - 5, lines.size()));
    assertEquals("Building; the log is " + root + "/target/up-build.log\n", first.err());

    assertEquals("", up().err(), "nothing is built again");
  }

  @Test
  void sourceThatIsNewerThanJarIsBuilt() throws Exception {
    up();
    Files.setLastModifiedTime(
        root.resolve("shared/src/main/Source.java"), FileTime.from(Instant.now().plusSeconds(1)));
    assertTrue(up().err().startsWith("Building; "));
  }

  @Test
  void failedBuildIsOneLineThatNamesTheReasonAndTheLog() throws Exception {
    maven("echo '[INFO] x'; echo '[ERROR] Foo.java:[3,4] no such thing'; exit 1");
    Result failed = up();
    assertEquals(1, failed.code());
    assertEquals(
        "The build failed: [ERROR] Foo.java:[3,4] no such thing; the log is "
            + root
            + "/target/up-build.log",
        failed.err().lines().toList().getLast());
    assertEquals("", failed.out());
  }

  @Test
  void missingMavenOrJdkIsOneLine() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Result noMaven = up();
    assertEquals(1, noMaven.code());
    assertEquals(
        "Maven (mvn) was not found. Install it, for example Debian's package maven.\n",
        noMaven.err());
    script(root.resolve("scripts/jdk"), "echo No JDK 25 was found. >&2; exit 1");
    Result noJdk = up();
    assertEquals(1, noJdk.code());
    assertEquals("No JDK 25 was found.\n", noJdk.err());
  }

  @Test
  void helpAndWrongUsageNeedNoBuild() throws Exception {
    Result help = up("--help");
    assertEquals(0, help.code());
    assertTrue(help.out().endsWith("/dev/funless/launcher/Up.java\n--help\n"), help.out());
    assertEquals(2, up("--bad").code());
    assertFalse(Files.exists(root.resolve("target/up-build.log")));
  }

  @Test
  void signalDuringTheBuildEndsMaven() throws Exception {
    maven("echo $$ > maven.pid; exec sleep 60");
    Process script = start(List.of());
    Path file = root.resolve("maven.pid");
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      assertTrue(script.isAlive());
      Thread.sleep(20);
    }
    OsProcess maven = OsProcess.find(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    script.destroy();
    assertEquals(143, script.waitFor());
    assertFalse(maven.alive());
  }

  private record Result(int code, String out, String err) {}

  private Result up(String... options) throws Exception {
    Process process = start(List.of(options));
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out, err);
  }

  /** Only the tools that the script needs are in its path, so that no real Maven is found. */
  private Process start(List<String> options) throws IOException {
    for (String tool :
        List.of(
            "bash", "dirname", "readlink", "find", "flock", "touch", "mkdir", "grep", "sleep")) {
      Path place = Path.of(Files.exists(Path.of("/bin", tool)) ? "/bin" : "/usr/bin", tool);
      script(tools.resolve(tool), "exec " + place + " \"$@\"");
    }
    List<String> words = new ArrayList<>();
    words.add(root.resolve("scripts/up").toString());
    words.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(words).directory(temporary.toFile());
    builder.environment().put("PATH", tools.toString());
    return builder.start();
  }

  private void maven(String body) throws IOException {
    script(tools.resolve("mvn"), body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
