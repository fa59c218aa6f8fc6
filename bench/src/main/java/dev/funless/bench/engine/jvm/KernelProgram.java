package dev.funless.bench.engine.jvm;

import dev.funless.engine.Engine;
import dev.funless.engine.LoadedFunction;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine's side of the kernels: {@code KernelProgram MODULE} takes lines {@code NUMBER KERNEL
 * REPETITIONS} and answers each with {@code answer NUMBER NANOSECONDS CHECKSUM}. A line is one call
 * of the function.
 */
public final class KernelProgram {

  private static final Duration ALLOWED = Duration.ofMinutes(2);
  private static final Pattern ANSWER =
      Pattern.compile("\\{\"checksum\":\"(\\d+)\",\"memory\":1,\"global\":1}");

  private KernelProgram() {}

  static void main(String[] args) throws Exception {
    try (Engine engine = Engines.running(1, 1);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      LoadedFunction function = Engines.compiled(engine, Files.readAllBytes(Path.of(args[0])));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        byte[] input = ('"' + words[1] + '"').getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        byte[] answer = SingleCalls.answer(engine, function, input, ALLOWED);
        long nanos = System.nanoTime() - start;
        System.out.println("answer " + words[0] + " " + nanos + " " + checksum(answer));
      }
    }
  }

  private static String checksum(byte[] answer) {
    String text = new String(answer, StandardCharsets.UTF_8);
    Matcher matcher = ANSWER.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("a wrong answer: " + text);
    }
    return matcher.group(1);
  }
}
