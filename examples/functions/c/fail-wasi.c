/* {"message": "text"} -> fails: says so on standard error, and exits with a code other than 0. */
#include "command.h"

int main(void) {
  struct json_out input = read_input();
  struct json message = json_get(input.at, input.length, "message");
  if (!json_is_string(message)) return command_fail("This function always fails.");
  struct json_out text = json_text(message);
  return command_fail_bytes(text.at, text.length);
}
