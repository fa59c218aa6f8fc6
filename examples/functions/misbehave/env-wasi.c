/* {"name": "NAME"} -> {"value": "..."}, that environment variable, or {"value": null} where there is none. */
#include "../c/command.h"

int main(void) {
  struct json_out input = read_input();
  struct json name = json_get(input.at, input.length, "name");
  const char *value = NULL;
  if (json_is_string(name)) {
    struct json_out text = json_text(name);
    json_put_bytes(&text, "", 1);
    value = getenv(text.at);
  }
  struct json_out out = {0};
  json_put(&out, "{\"value\": ");
  if (value == NULL) {
    json_put(&out, "null");
  } else {
    json_put_string(&out, value, strlen(value));
  }
  json_put(&out, "}");
  return command_answer(out);
}
