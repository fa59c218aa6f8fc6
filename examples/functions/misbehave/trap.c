/* Ends in a trap. */
#include "../c/funless.h"

int fl_main(const char *input, size_t length) {
  (void)input, (void)length;
  __builtin_trap();
}
