/* Four MiB of memory, read and written in order, in strides, and where the data says. */
#include "kernels.h"

#define WORDS (1 << 20)

static uint32_t words[WORDS];

REPEATED uint32_t walk(uint32_t from) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < WORDS; i++) words[i] += i ^ from;
  for (uint32_t start = 0; start < 16; start++)
    for (uint32_t i = start; i < WORDS; i += 16) sum += words[i];
  uint32_t at = from % WORDS;
  for (uint32_t i = 0; i < 65536; i++) {
    uint32_t next = words[at];
    words[at] = next + i;
    sum ^= next;
    at = (at * 5 + next + 1) % WORDS;
  }
  return sum;
}

uint64_t touch(uint32_t repetitions) {
  for (uint32_t i = 0; i < WORDS; i++) words[i] = i * 2654435761u;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < repetitions; i++) sum = sum * 31 + walk(i * 7919);
  return sum;
}
