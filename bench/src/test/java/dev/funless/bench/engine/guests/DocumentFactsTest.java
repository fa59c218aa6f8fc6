package dev.funless.bench.engine.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentFactsTest {

  @Test
  void countsWhatTheDocumentHolds() throws IOException {
    DocumentFacts facts =
        DocumentFacts.of("{\"a\": [1, -2.25, 5e-1, true, null], \"\\u00e9\": {\"b\": false}}");
    // FNV-1a of the bytes 61 c3 a9 62.
    assertEquals(
        new DocumentFacts(2, 1, 3, 4, fnv(0x61, 0xc3, 0xa9, 0x62), 3, -75, 1, 1, 2), facts);
  }

  @Test
  void answersWithTheCountersOfAFreshInstance() throws IOException {
    DocumentFacts facts = DocumentFacts.of("[\"a\"]");
    String members =
        "\"objects\":0,\"arrays\":1,\"strings\":1,\"bytes\":1,\"hash\":3826002220,\"numbers\":0,"
            + "\"hundredths\":0,\"trues\":0,\"nulls\":0,\"depth\":1}";
    assertEquals("{\"memory\":1,\"global\":1," + members, facts.functionAnswer());
    assertEquals("{\"memory\":1," + members, facts.commandAnswer());
  }

  @Test
  void documentsAreOfTheSizeThatTheyAreSaidToBeAndDiffer() throws IOException {
    List<String> documents = Documents.all();
    HashSet<String> answers = new HashSet<>();
    for (String document : documents) {
      assertEquals(Documents.BYTES, document.getBytes(StandardCharsets.UTF_8).length);
      answers.add(DocumentFacts.of(document).functionAnswer());
    }
    assertEquals(documents.size(), answers.size());
  }

  private static int fnv(int... bytes) {
    int hash = 0x811c9dc5;
    for (int each : bytes) {
      hash = (hash ^ each) * 0x01000193;
    }
    return hash;
  }
}
