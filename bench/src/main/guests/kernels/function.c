/* Takes "KERNEL REPETITIONS" as a JSON string, answers {"checksum":"…","memory":1,"global":1}. */
#include "../calls/host.h"
#include "run.h"

static char *put(char *to, const char *text) {
  while (*text) *to++ = *text++;
  return to;
}

static char *put_number(char *to, uint64_t number) {
  char digits[20];
  int count = 0;
  do digits[count++] = (char)('0' + number % 10);
  while (number /= 10);
  while (count) *to++ = digits[--count];
  return to;
}

INVOKE {
  static char input[64], answer[128];
  if (length < 4 || length >= sizeof input) return 1;
  host_input(input);
  memory_calls++;
  unsigned global = count_global();
  char *space = strchr(input, ' ');
  if (!space) return 1;
  *space = 0;
  uint32_t repetitions = 0;
  for (char *digit = space + 1; *digit >= '0' && *digit <= '9'; digit++)
    repetitions = repetitions * 10 + (uint32_t)(*digit - '0');
  uint64_t result;
  if (!run(input + 1, repetitions, &result)) return 1;
  char *end = put_number(put(answer, "{\"checksum\":\""), result);
  end = put_number(put(end, "\",\"memory\":"), memory_calls);
  end = put_number(put(end, ",\"global\":"), global);
  end = put(end, "}");
  host_answer(answer, (size_t)(end - answer));
  return 0;
}
