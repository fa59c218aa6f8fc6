package dev.funless.fuzz;

import dev.funless.fuzz.mutate.Corpus;
import dev.funless.fuzz.reference.LibraryReference;
import dev.funless.fuzz.reference.Reference;
import dev.funless.fuzz.reference.V8Reference;
import dev.funless.fuzz.trial.GeneratedTarget;
import dev.funless.fuzz.trial.HostTarget;
import dev.funless.fuzz.trial.IsolationTarget;
import dev.funless.fuzz.trial.MutatedTarget;
import dev.funless.fuzz.trial.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives the engine hostile modules: {@code scripts/fuzz}. */
public final class Fuzz {

  private static final int FINDINGS = 20;
  private static final Duration HANG = Duration.ofSeconds(60);

  private Fuzz() {}

  public static void main(String[] args) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              args,
              List.of(
                  Path.of("examples/functions/wasm"), Path.of("engine/src/test/resources/wasm")),
              Path.of("fuzz/target/findings"),
              System.nanoTime());
    } catch (Options.Wrong wrong) {
      System.err.println(wrong.getMessage() + "\n\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    System.exit(run(options));
  }

  private static int run(Options options) throws IOException {
    // Not closed: what hangs would hang there too, and the process ends.
    Target target = target(options);
    var folder = new FindingFolder(options.findings(), options.target());
    var bounds = new Campaign.Bounds(options.executions(), options.duration(), FINDINGS, HANG);
    var campaign =
        new Campaign(
            target,
            bounds,
            found -> System.out.println(found.finding().firstLine() + "\n  " + folder.keep(found)));
    System.out.println(options.target() + ", seed " + options.seed());
    long startNanos = System.nanoTime();
    Campaign.Report report =
        options.once().isPresent()
            ? campaign.repeat(options.once().getAsLong(), options.without())
            : campaign.run(options.seed());
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf("%d modules in %.0f s%n", report.executions(), seconds);
    report.labels().forEach((label, count) -> System.out.printf("%9d  %s%n", count, label));
    System.out.printf("%d found%n", report.found().size());
    return report.found().isEmpty() ? 0 : 1;
  }

  private static Target target(Options options) throws IOException {
    return switch (options.target()) {
      case "mutated" -> {
        Optional<V8Reference> v8 =
            options.v8() ? Optional.of(V8Reference.start()) : Optional.empty();
        yield new MutatedTarget(Corpus.of(options.corpus()), v8);
      }
      case "host" -> new HostTarget();
      case "generated" -> {
        var references = new ArrayList<Reference>();
        // V8 first: it is the one that is hardly ever wrong.
        if (options.v8()) {
          references.add(V8Reference.start());
        }
        references.add(new LibraryReference());
        yield new GeneratedTarget(references);
      }
      case "isolation" -> new IsolationTarget();
      default -> throw new IOException("There is no target " + options.target() + ".");
    };
  }
}
