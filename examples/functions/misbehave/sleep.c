/* {"ms": n} -> waits so many milliseconds, then answers {"slept_ms": n}. */
#include "../c/funless.h"
#include "../c/json.h"
#include "sleep.h"

int fl_main(const char *input, size_t length) {
  unsigned long long ms = json_number(json_get(input, length, "ms"), 0);
  if (!sleep_ms(ms)) return fl_fail("The host does not let this function wait.");
  struct json_out out = {0};
  json_put(&out, "{\"slept_ms\": ");
  json_put_number(&out, ms);
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
