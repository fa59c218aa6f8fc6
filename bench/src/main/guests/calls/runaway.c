/* Loops that never end, of kinds that an engine may stop in different ways; the input's digit says which. */
#include "host.h"

static volatile uint32_t sink;
static uint32_t table[1024];

/* Kept apart from the loops; LLVM calls it directly. */
__attribute__((noinline)) static uint32_t mix(uint32_t x) { return (x ^ (x >> 15)) * 0x2c1b3c6du; }

/* Nothing but the jump back. */
static void empty(void) {
  for (;;) __asm__ volatile("");
}

/* Counts further than any deadline. */
static void counted(void) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < UINT64_MAX; i++) {
    sum += i ^ (sum << 1);
    sink = (uint32_t)sum;
  }
}

static void memory(void) {
  for (uint32_t i = 0;; i++) table[i & 1023] += i;
}

static void calls(void) {
  for (uint32_t x = 1;; x++) sink = mix(x + sink);
}

/* Inner loops that end, in one that does not. */
static void nested(void) {
  for (;;)
    for (uint32_t i = 0; i < 1000; i++)
      for (uint32_t j = 0; j < 1000; j++) sink += i * j;
}

INVOKE {
  char input[16] = {0};
  if (length < sizeof input) host_input(input);
  memory_calls++;
  count_global();
  switch (input[0]) {
    case '0': empty(); break;
    case '1': counted(); break;
    case '2': memory(); break;
    case '3': calls(); break;
    case '4': nested(); break;
  }
  return 1;
}
