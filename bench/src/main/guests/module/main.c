/*
 * Runs all PARTS over the input, which is a JSON string, and answers {"checksum":…,"memory":1,"global":1}. With
 * NATIVE it is a program that prints what the function must answer to its first argument.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t part(const char *text, uint32_t length, uint32_t seed);

#define DECLARE(number) part part_##number;
#define LIST(number) part_##number,
EACH_PART(DECLARE)
static part *const parts[] = {EACH_PART(LIST)};

static uint32_t run(const char *text, uint32_t length) {
  uint32_t result = 17;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) result = result * 31 + parts[i](text, length, result);
  return result;
}

#ifdef NATIVE
#include <stdio.h>

int main(int count, char **arguments) {
  if (count < 2) return 1;
  printf("{\"checksum\":%u,\"memory\":1,\"global\":1}", (unsigned)run(arguments[1], (uint32_t)strlen(arguments[1])));
  return 0;
}
#else
#include "../calls/host.h"

static char *put(char *to, const char *text) {
  while (*text) *to++ = *text++;
  return to;
}

static char *put_number(char *to, uint32_t number) {
  char digits[10];
  int count = 0;
  do digits[count++] = (char)('0' + number % 10);
  while (number /= 10);
  while (count) *to++ = digits[--count];
  return to;
}

INVOKE {
  static char input[2048], answer[128];
  if (length > sizeof input) return 1;
  host_input(input);
  memory_calls++;
  unsigned global = count_global();
  char *end = put_number(put(answer, "{\"checksum\":"), run(input, (uint32_t)length));
  end = put_number(put(end, ",\"memory\":"), memory_calls);
  end = put_number(put(end, ",\"global\":"), global);
  end = put(end, "}");
  host_answer(answer, (size_t)(end - answer));
  return 0;
}
#endif
