package dev.funless.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.random.RandomGenerator;

/** A checkout whose jars run {@link StandIn}, and launchers on it as processes of their own. */
record Checkout(Path root) {

  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  static Checkout create(Path root) throws IOException {
    Checkout checkout = new Checkout(root);
    Files.createDirectories(root.resolve("config"));
    for (String node : List.of("core", "worker", "db")) {
      Files.writeString(
          root.resolve("config/" + node + ".jvm"),
          "-Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1\n");
    }
    checkout.jar(Layout.CORE_JAR);
    checkout.jar(Layout.WORKER_JAR);
    Path hello = checkout.layout().hello();
    Files.createDirectories(hello.getParent());
    Files.write(hello, new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    return checkout;
  }

  Layout layout() {
    return new Layout(root, JAVA);
  }

  /** Changes how the stand-in of this name behaves. */
  void manner(String node, String manner) throws IOException {
    Files.writeString(root.resolve("config/" + node + ".manner"), manner);
  }

  Launcher launch(Path folder, String... options) throws IOException {
    return launch(folder, Map.of(), options);
  }

  Launcher launch(Path folder, Map<String, String> environment, String... options)
      throws IOException {
    Path out = Files.createTempFile(root, "launcher", ".out");
    Path err = Files.createTempFile(root, "launcher", ".err");
    ProcessBuilder builder =
        command(folder, options).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Launcher(builder.start(), out, err);
  }

  ProcessBuilder command(Path folder, String... options) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(JAVA.toString(), "-Xmx64m", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-Dfunless.root=" + root, "-cp", System.getProperty("java.class.path")));
    words.add(Up.class.getName());
    words.addAll(List.of(options));
    return new ProcessBuilder(words).directory(folder.toFile());
  }

  /** The first of two free ports, neither of them one that outgoing connections get. */
  static String freePorts() throws LaunchException {
    List<Integer> candidates = Ports.free(100, 0, 0, RandomGenerator.getDefault());
    return candidates.stream()
        .filter(port -> candidates.contains(port + 1))
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private void jar(String path) throws IOException {
    Path jar = root.resolve(path);
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH, classes(StandIn.class) + " " + classes(NodeContract.class));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private static String classes(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
