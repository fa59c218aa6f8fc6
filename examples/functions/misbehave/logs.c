/* {"lines": n} -> writes n lines to the log, 3 where it is not given, and answers {"lines": n}. */
#include "../c/funless.h"
#include "../c/json.h"

int fl_main(const char *input, size_t length) {
  unsigned long long lines = json_number(json_get(input, length, "lines"), 3);
  for (unsigned long long i = 1; i <= lines; i++) {
    struct json_out line = {0};
    json_put(&line, "line ");
    json_put_number(&line, i);
    fl_host_console_log(line.at, line.length);
    free(line.at);
  }
  struct json_out out = {0};
  json_put(&out, "{\"lines\": ");
  json_put_number(&out, lines);
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
