/*
 * {"levels": n} -> {"levels": n} from n calls of itself, one inside of the other; without a number it calls itself
 * without end. The volatile count keeps the compiler from making a loop of it.
 */
#include "../c/funless.h"
#include "../c/json.h"

static volatile unsigned depth;

__attribute__((noinline)) static unsigned descend(unsigned from, unsigned levels) {
  depth = from;
  if (depth == levels) return 0;
  return descend(from + 1, levels) + (depth != 0);
}

int fl_main(const char *input, size_t length) {
  unsigned levels = descend(0, (unsigned)json_number(json_get(input, length, "levels"), 0) - 1) + 1;
  struct json_out out = {0};
  json_put(&out, "{\"levels\": ");
  json_put_number(&out, levels);
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
