/* {"name": "x"} -> {"payload": "Hello x!"} */
#include "funless.h"
#include "json.h"

int fl_main(const char *input, size_t length) {
  struct json name = json_get(input, length, "name");
  struct json_out out = {0};
  json_put(&out, "{\"payload\": \"Hello ");
  if (json_is_string(name)) {
    json_put_bytes(&out, json_inside(name).at, json_inside(name).length);
  } else {
    json_put(&out, "World");
  }
  json_put(&out, "!\"}");
  return fl_answer(out.at, out.length);
}
