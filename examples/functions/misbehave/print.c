/* {"text": "…", "then": "…"} -> writes the text to the log, and answers {}; or fails, for "then": "fail", "trap" or
 * "spin". */
#include "../c/funless.h"
#include "print.h"

int fl_main(const char *input, size_t length) {
  struct json text = json_get(input, length, "text");
  struct json then = json_get(input, length, "then");
  if (!json_is_string(text)) return fl_fail("The input has no \"text\".");
  struct json_out printed = json_text(text);
  fl_host_console_log(printed.at, printed.length);
  print_misbehave(then);
  return print_then(then, "\"fail\"") ? fl_fail("As asked for.") : fl_answer("{}", 2);
}
