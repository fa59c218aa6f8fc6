/* Writes where it has no memory: itself, or through the host: {"by": "write"}, "answer", "log" or "http". */
#include "../c/funless.h"
#include "../c/json.h"

static bool is(struct json value, const char *quoted) {
  return value.length == strlen(quoted) && memcmp(value.at, quoted, value.length) == 0;
}

int fl_main(const char *input, size_t length) {
  struct json by = json_get(input, length, "by");
  size_t end = __builtin_wasm_memory_size(0) << 16;
  char *last = (char *)end - 1;
  if (is(by, "\"answer\"")) return fl_answer(last, 2);
  if (is(by, "\"log\"")) {
    fl_host_console_log(last, (size_t)-1);
    return fl_answer("{}", 2);
  }
  if (is(by, "\"http\"")) {
    uint32_t response_length;
    fl_host_http_request(last, &response_length, (uint16_t *)(end + 16), FL_GET, last, 2, "", 0, "", 0);
    return fl_answer("{}", 2);
  }
  *(volatile char *)(end + 65536) = 1;
  return fl_answer("{}", 2);
}
