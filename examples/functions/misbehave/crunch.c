/* {"n": n} -> {"checksum": …} after n rounds of arithmetic; at most 2^32, 1000000 where it is not given. */
#include "../c/funless.h"
#include "../c/json.h"

int fl_main(const char *input, size_t length) {
  unsigned long long rounds = json_number(json_get(input, length, "n"), 1000000);
  if (rounds > 1ull << 32) return fl_fail("\"n\" has to be at most 4294967296.");
  uint32_t x = 2463534242u, sum = 0;
  for (unsigned long long i = 0; i < rounds; i++) { /* Marsaglia's xorshift: no compiler sees through it */
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    sum += x;
  }
  struct json_out out = {0};
  json_put(&out, "{\"checksum\": ");
  json_put_number(&out, sum);
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
