/* {"bytes": n} -> a JSON string of exactly n bytes, its quotes included; 2 to 1 GiB. */
#include "../c/funless.h"
#include "../c/json.h"

int fl_main(const char *input, size_t length) {
  unsigned long long bytes = json_number(json_get(input, length, "bytes"), 0);
  if (bytes < 2 || bytes > 1ull << 30) return fl_fail("\"bytes\" has to be a number from 2 to 1073741824.");
  char *answer = malloc((size_t)bytes);
  if (answer == NULL) return fl_fail("The answer does not fit into the function's memory.");
  memset(answer, 'x', (size_t)bytes);
  answer[0] = answer[bytes - 1] = '"';
  return fl_answer(answer, (size_t)bytes);
}
