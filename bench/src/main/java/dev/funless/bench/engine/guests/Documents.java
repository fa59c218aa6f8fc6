package dev.funless.bench.engine.guests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Orders as JSON, of exactly {@value #BYTES} bytes each: nested, with escapes, and with numbers of
 * several forms. Each differs from the others, so that no side can get used to one; every run makes
 * the same ones.
 */
final class Documents {

  static final int BYTES = 1024;

  private static final int COUNT = 8;
  private static final List<String> WORDS =
      List.of(
          "lamp", "caf\\u00e9 table", "6\\\" shelf", "chair", "rug\\tred", "desk", "b\\/w print");

  private Documents() {}

  static List<String> all() {
    return IntStream.range(0, COUNT).mapToObj(Documents::document).toList();
  }

  private static String document(int number) {
    Random random = new Random(number);
    String head =
        String.format(
            Locale.ROOT,
            "{\"order\": %d, \"customer\": {\"name\": \"Ada \\u2014 %d\", \"vip\": %b, \"ref\":"
                + " null, \"at\": [%.2f, %.2f]}, \"items\": [",
            random.nextInt(1_000_000),
            random.nextInt(1000),
            random.nextBoolean(),
            random.nextInt(18_000) / 100.0 - 90,
            random.nextInt(36_000) / 100.0 - 180);
    List<String> items = new ArrayList<>();
    int left = BYTES - head.length();
    while (left > 160) {
      String item = item(random);
      items.add(item);
      left -= item.length() + 1;
    }
    String tail = "], \"note\": \"";
    String end = "\"}\n";
    String body = head + String.join(",", items) + tail;
    return body + "x".repeat(BYTES - body.length() - end.length()) + end;
  }

  private static String item(Random random) {
    return String.format(
        Locale.ROOT,
        "{\"name\":\"%s\",\"price\":%d.%02d,\"count\":%d,\"weight\":%de-1,\"tags\":[\"%s\",true,[%d]]}",
        WORDS.get(random.nextInt(WORDS.size())),
        random.nextInt(500),
        random.nextInt(100),
        1 + random.nextInt(9),
        random.nextInt(1000),
        WORDS.get(random.nextInt(WORDS.size())),
        -random.nextInt(100));
  }
}
