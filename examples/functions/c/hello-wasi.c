/* {"name": "x"} on standard input -> {"payload": "Hello x!"} on standard output */
#include "stdin.h"

#include <stdio.h>

int main(void) {
  struct json_out input = read_stdin();
  struct json name = json_get(input.at, input.length, "name");
  fputs("{\"payload\": \"Hello ", stdout);
  if (json_is_string(name)) {
    fwrite(json_inside(name).at, 1, json_inside(name).length, stdout);
  } else {
    fputs("World", stdout);
  }
  fputs("!\"}", stdout);
  return 0;
}
