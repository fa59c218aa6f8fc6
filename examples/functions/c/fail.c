/* {"message": "text"} -> fails with that text, or with one of its own. */
#include "funless.h"
#include "json.h"

int fl_main(const char *input, size_t length) {
  struct json message = json_get(input, length, "message");
  if (!json_is_string(message)) return fl_fail("This function always fails.");
  struct json_out text = json_text(message);
  return fl_fail_bytes(text.at, text.length);
}
