/*
 * Takes all the memory that the host gives, and answers {"pages": <how many pages of 64 KiB it then has>}.
 * Grows by twice as much as long as that works, then by half as much until not even one page is given: a host
 * that copies the memory each time is not kept busy for long.
 */
#include "../c/funless.h"
#include "../c/json.h"

int fl_main(const char *input, size_t length) {
  (void)input, (void)length;
  struct json_out out = {0};
  json_put(&out, "{\"pages\": "); /* makes room for the answer while there still is some */
  size_t step = 1;
  while (__builtin_wasm_memory_grow(0, step) != (size_t)-1) step *= 2;
  while (step > 1) {
    step /= 2;
    __builtin_wasm_memory_grow(0, step);
  }
  json_put_number(&out, __builtin_wasm_memory_size(0));
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
