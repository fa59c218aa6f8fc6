package dev.funless.fuzz.reference;

import dev.funless.fuzz.wasm.WasmBytes;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** V8, in a node of its own that answers over its standard streams. */
public final class V8Reference implements Reference {

  private static final byte[] NOTHING = {};

  private final Process node;
  private final OutputStream out;
  private final DataInputStream in;

  private V8Reference(Process node) {
    this.node = node;
    this.out = node.getOutputStream();
    this.in = new DataInputStream(node.getInputStream());
  }

  /**
   * @throws IOException where there is no node
   */
  public static V8Reference start() throws IOException {
    String script;
    try (InputStream in = V8Reference.class.getResourceAsStream("v8.cjs")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return new V8Reference(
        new ProcessBuilder("node", "--stack-size=4000", "-e", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  @Override
  public String name() {
    return "V8";
  }

  @Override
  public boolean trustedWithRare() {
    return true;
  }

  @Override
  public boolean namesTraps() {
    return false;
  }

  @Override
  public Optional<Observed> run(byte[] module, byte[] input) {
    Observed seen = ask('r', module, input);
    if (seen.end().equals("skipped")) {
      return Optional.empty();
    }
    return Optional.of(seen.end().startsWith("trap") ? new Observed("trap", "", seen.log()) : seen);
  }

  /** What is wrong with a module; empty where nothing is. */
  public Optional<String> invalid(byte[] module) {
    String said = ask('v', module, NOTHING).end();
    return said.equals("valid") ? Optional.empty() : Optional.of(said);
  }

  private Observed ask(char what, byte[] module, byte[] input) {
    try {
      out.write(
          new WasmBytes()
              .put(what)
              .littleEndian(module.length, 4)
              .littleEndian(input.length, 4)
              .put(module)
              .put(input)
              .toArray());
      out.flush();
      int[] sizes = new int[3];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Integer.reverseBytes(in.readInt());
      }
      return new Observed(text(sizes[0]), text(sizes[1]), text(sizes[2]));
    } catch (IOException e) {
      throw new UncheckedIOException("node ended", e);
    }
  }

  private String text(int size) throws IOException {
    var bytes = new byte[size];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    node.destroy();
  }
}
