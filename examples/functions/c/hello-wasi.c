/* {"name": "x"} on standard input -> {"payload": "Hello x!"} on standard output */
#include "command.h"

int main(void) {
  struct json_out input = read_input();
  struct json name = json_get(input.at, input.length, "name");
  struct json_out out = {0};
  json_put(&out, "{\"payload\": \"Hello ");
  if (json_is_string(name)) {
    json_put_bytes(&out, json_inside(name).at, json_inside(name).length);
  } else {
    json_put(&out, "World");
  }
  json_put(&out, "!\"}");
  return command_answer(out);
}
