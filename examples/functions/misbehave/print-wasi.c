/* {"text": "…", "then": "…"} -> writes the text to standard error, and answers {}; or fails, for "then": "fail",
 * "trap" or "spin". */
#include "../c/command.h"
#include "print.h"

int main(void) {
  struct json_out input = read_input();
  struct json text = json_get(input.at, input.length, "text");
  struct json then = json_get(input.at, input.length, "then");
  if (!json_is_string(text)) return command_fail("The input has no \"text\".");
  struct json_out printed = json_text(text);
  write_text(STDERR_FILENO, printed.at, printed.length);
  print_misbehave(then);
  if (print_then(then, "\"fail\"")) return 1;
  return command_answer((struct json_out){.at = "{}", .length = 2});
}
