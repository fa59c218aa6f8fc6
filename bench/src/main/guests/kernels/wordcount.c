/* Words of a text, counted in a hash table: bytes, branches and scattered loads. */
#include <string.h>

#include "kernels.h"

#define TEXT 32768
#define SLOTS 2048

struct slot {
  uint32_t hash, start, length, count;
};

static char text[TEXT];
static struct slot slots[SLOTS];

static void write_text(void) {
  uint32_t random = 7;
  uint32_t at = 0;
  while (at < TEXT) {
    /* Small numbers come more often, as common words do. */
    uint32_t word = (scramble(&random) % 600) * (scramble(&random) % 600) / 600;
    uint32_t length = 2 + word % 7;
    for (uint32_t i = 0; i < length && at < TEXT; i++) text[at++] = (char)('a' + (word * (i + 3) + i) % 26);
    if (at < TEXT) text[at++] = word % 11 ? ' ' : '\n';
  }
}

REPEATED uint64_t count(void) {
  memset(slots, 0, sizeof slots);
  uint32_t words = 0, lines = 0, at = 0;
  while (at < TEXT) {
    char c = text[at];
    if (c == ' ' || c == '\n') {
      lines += c == '\n';
      at++;
      continue;
    }
    uint32_t start = at, hash = 2166136261u;
    while (at < TEXT && text[at] != ' ' && text[at] != '\n') hash = (hash ^ (uint8_t)text[at++]) * 16777619u;
    uint32_t length = at - start;
    struct slot *slot = &slots[hash % SLOTS];
    while (slot->count && (slot->hash != hash || slot->length != length || memcmp(text + slot->start, text + start, length)))
      slot = slot == &slots[SLOTS - 1] ? slots : slot + 1;
    if (!slot->count) *slot = (struct slot){hash, start, length, 0};
    slot->count++;
    words++;
  }
  uint64_t sum = (uint64_t)words << 32 | lines;
  for (uint32_t i = 0; i < SLOTS; i++) sum = sum * 31 + slots[i].count * slots[i].length;
  return sum;
}

uint64_t wordcount(uint32_t repetitions) {
  write_text();
  uint64_t sum = 0;
  for (uint32_t i = 0; i < repetitions; i++) {
    text[(i * 97) % TEXT] = 'z';
    sum = sum * 31 + count();
  }
  return sum;
}
