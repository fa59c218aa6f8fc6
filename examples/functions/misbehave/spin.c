/* Runs for ever. */
#include "../c/funless.h"

int fl_main(const char *input, size_t length) {
  (void)input, (void)length;
  for (volatile unsigned turns = 0;; turns++) {
  }
}
