/* What print and print-wasi share: how they end after they have printed. */
#ifndef PRINT_H
#define PRINT_H

#include "../c/json.h"

static inline bool print_then(struct json then, const char *quoted) {
  return then.length == strlen(quoted) && memcmp(then.at, quoted, then.length) == 0;
}

/* Ends here where that is asked for: "trap", or "spin", which runs for ever. */
static inline void print_misbehave(struct json then) {
  if (print_then(then, "\"trap\"")) __builtin_trap();
  volatile unsigned turns = 0;
  while (print_then(then, "\"spin\"")) turns = turns + 1;
}

#endif
