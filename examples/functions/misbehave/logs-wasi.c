/* {"lines": n} -> writes n lines to standard error, 3 where it is not given, and answers {"lines": n}. */
#include "../c/command.h"

int main(void) {
  struct json_out input = read_input();
  unsigned long long lines = json_number(json_get(input.at, input.length, "lines"), 3);
  for (unsigned long long i = 1; i <= lines; i++) {
    struct json_out line = {0};
    json_put(&line, "line ");
    json_put_number(&line, i);
    json_put(&line, "\n");
    write_text(STDERR_FILENO, line.at, line.length);
    free(line.at);
  }
  struct json_out out = {0};
  json_put(&out, "{\"lines\": ");
  json_put_number(&out, lines);
  json_put(&out, "}");
  return command_answer(out);
}
