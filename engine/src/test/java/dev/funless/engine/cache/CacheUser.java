package dev.funless.engine.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Uses a cache as a worker does, from a thread or, as a program, from a process of its own. */
final class CacheUser {

  private final CompiledCache cache;
  private final int seed;
  private final int codes;
  private final int bytes;
  private int found;
  private int put;

  CacheUser(CompiledCache cache, int seed, int codes, int bytes) {
    this.cache = cache;
    this.seed = seed;
    this.codes = codes;
    this.bytes = bytes;
  }

  /** Arguments: folder, bound in bytes, seed, codes, bytes of an entry at most, uses. */
  public static void main(String[] arguments) {
    var cache =
        new CompiledCache(Path.of(arguments[0]), Samples.VERSION, Long.parseLong(arguments[1]));
    var user =
        new CacheUser(
            cache,
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]));
    System.out.println("ready");
    user.use(Integer.parseInt(arguments[5]));
    System.out.println("found " + user.found + " put " + user.put);
  }

  /** Throws where something is found that nobody put. */
  void use(int uses) {
    var random = new Random(seed);
    for (int i = 0; i < uses; i++) {
      int number = random.nextInt(codes);
      Optional<CompiledClasses> classes = cache.get(Samples.code(number));
      if (classes.isPresent()) {
        Samples.assertWhole(number, classes.get());
        found++;
      }
      if (classes.isEmpty() || random.nextInt(4) == 0) {
        int length = bytes / 2 + random.nextInt(bytes / 2);
        cache.put(Samples.code(number), Samples.compiled(number, seed, length));
        put++;
      }
    }
  }

  int found() {
    return found;
  }

  int put() {
    return put;
  }

  /** A process that does this, started through the given shell command's {@code exec}, if any. */
  static Process start(List<String> before, Object... arguments) throws IOException {
    var command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx128m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(CacheUser.class.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** What the process said until it ended well; it is killed where it does not end in time. */
  static String endOf(Process process) throws IOException, InterruptedException {
    try (InputStream said = process.getInputStream()) {
      Thread.ofVirtual().start(() -> killLate(process));
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("exit code " + process.exitValue() + "\n" + text);
      }
      return text;
    }
  }

  private static void killLate(Process process) {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
