package dev.funless.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Follows {@code docs/policies.md} to the letter. */
class PoliciesPageTest {

  private static final Path ROOT = Path.of(System.getProperty("funless.root"));
  private static final Path SOURCES =
      ROOT.resolve("core-verticle/src/test/java/dev/funless/core/schedule");

  private static final PolicyType<TaggedConfig> TYPE =
      new PolicyType<>("tagged", TaggedConfig.class, new TaggedPolicy());

  private final Policies policies = Policies.with(TYPE);

  @Test
  void theClassesOnThePageAreTheSourcesOfTheExample() throws IOException {
    assertEquals(
        List.of(source("TaggedConfig"), source("TaggedPolicy"), source("TaggedPolicyTest")),
        blocks("java"));
  }

  @Test
  void theLineOnThePageIsTheOneThatRegistersIt() throws IOException {
    String line = blocks("text").getLast().strip();

    assertEquals(1, count(Files.readString(SOURCES.resolve("PoliciesPageTest.java")), line));
  }

  @Test
  void theObjectOnThePageIsParsedAndDecides() throws Exception {
    PolicyConfig config = policies.parse(bytes(blocks("json").getFirst()));
    Worker gpu = FixedWorker.named("a").tagged("gpu");
    Worker cpu = FixedWorker.named("b").tagged("cpu");

    assertEquals(new TaggedConfig("gpu", Optional.of(4)), config);
    assertEquals(
        new Selection.Chosen(gpu),
        policies.select(config, List.of(cpu, gpu), Situations.needing(1), Situations.chance(1)));
  }

  @Test
  void whatTheRecordRejectsIsSaidToTheUser() {
    InvalidSchedulingException e =
        assertThrows(
            InvalidSchedulingException.class,
            () -> policies.parse(bytes("{\"language\":\"tagged\"}")));

    assertEquals("scheduling: tag must name the workers' tag.", e.getMessage());
  }

  /** All behind the imports. */
  private static String source(String name) throws IOException {
    String file = Files.readString(SOURCES.resolve(name + ".java"));
    int lastImport = file.lastIndexOf("\nimport ");
    return file.substring(file.indexOf("\n\n", lastImport) + 2);
  }

  private static List<String> blocks(String language) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/policies.md"));
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
