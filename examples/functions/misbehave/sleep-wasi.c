/* {"ms": n} -> waits so many milliseconds, then answers {"slept_ms": n}. */
#include "../c/command.h"
#include "sleep.h"

int main(void) {
  struct json_out input = read_input();
  unsigned long long ms = json_number(json_get(input.at, input.length, "ms"), 0);
  if (!sleep_ms(ms)) return command_fail("The host does not let this function wait.");
  struct json_out out = {0};
  json_put(&out, "{\"slept_ms\": ");
  json_put_number(&out, ms);
  json_put(&out, "}");
  return command_answer(out);
}
