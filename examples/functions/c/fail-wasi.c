/* {"message": "text"} -> fails: says why on standard error, and exits with a code other than 0. */
#include "stdin.h"

#include <stdio.h>

int main(void) {
  struct json_out input = read_stdin();
  struct json message = json_get(input.at, input.length, "message");
  if (json_is_string(message)) {
    struct json_out text = json_text(message);
    fwrite(text.at, 1, text.length, stderr);
    fputs("\n", stderr);
  } else {
    fputs("This function always fails.\n", stderr);
  }
  return 1;
}
