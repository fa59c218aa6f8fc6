package dev.funless.bench.engine.guests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A module, inputs for it, and what it must answer to each, byte for byte. In a folder it is the
 * files {@code NAME.wasm}, {@code NAME.0.in}, {@code NAME.0.out} and so on, so that processes of
 * all kinds can read it. The arrays are not copied, and not to be changed.
 */
public record CallCase(byte[] wasm, List<byte[]> inputs, List<byte[]> answers) {

  public CallCase {
    inputs = List.copyOf(inputs);
    answers = List.copyOf(answers);
    if (inputs.isEmpty() || inputs.size() != answers.size()) {
      throw new IllegalArgumentException("each input needs its answer, and there is at least one");
    }
  }

  static CallCase ofTexts(byte[] wasm, List<String> inputs, List<String> answers) {
    return new CallCase(wasm, bytes(inputs), bytes(answers));
  }

  public static CallCase read(Path folder, String name) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    List<byte[]> answers = new ArrayList<>();
    while (Files.exists(input(folder, name, inputs.size()))) {
      int number = inputs.size();
      inputs.add(Files.readAllBytes(input(folder, name, number)));
      answers.add(Files.readAllBytes(answer(folder, name, number)));
    }
    return new CallCase(Files.readAllBytes(folder.resolve(name + ".wasm")), inputs, answers);
  }

  /** Writes what {@link #read} reads but for the module, which the compiler wrote. */
  void writeCalls(Path folder, String name) throws IOException {
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(input(folder, name, i), inputs.get(i));
      Files.write(answer(folder, name, i), answers.get(i));
    }
  }

  /**
   * @throws WrongAnswerException where the answer to input {@code number} is another
   */
  public void check(int number, byte[] answer) {
    if (!Arrays.equals(answers.get(number), answer)) {
      throw new WrongAnswerException(
          "expected %s, but the answer is %s"
              .formatted(
                  new String(answers.get(number), StandardCharsets.UTF_8),
                  new String(answer, StandardCharsets.UTF_8)));
    }
  }

  private static Path input(Path folder, String name, int number) {
    return folder.resolve(name + "." + number + ".in");
  }

  private static Path answer(Path folder, String name, int number) {
    return folder.resolve(name + "." + number + ".out");
  }

  private static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
