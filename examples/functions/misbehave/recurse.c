/* Calls itself without end. The volatile count keeps the compiler from making a loop of it. */
#include "../c/funless.h"

static volatile unsigned depth;

__attribute__((noinline)) static unsigned descend(unsigned from) {
  depth = from;
  if (depth == 0) return 0;
  return descend(from + 1) + depth;
}

int fl_main(const char *input, size_t length) {
  (void)input, (void)length;
  return (int)descend(1);
}
