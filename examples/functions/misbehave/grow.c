/* Grows its memory page by page until the host says no, and answers {"pages": <how many it then has>}. */
#include "../c/funless.h"
#include "../c/json.h"

int fl_main(const char *input, size_t length) {
  (void)input, (void)length;
  struct json_out out = {0};
  json_put(&out, "{\"pages\": "); /* makes room for the answer while there still is some */
  while (__builtin_wasm_memory_grow(0, 1) != (size_t)-1) {
  }
  json_put_number(&out, __builtin_wasm_memory_size(0));
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
