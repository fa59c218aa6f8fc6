/* Answers what is no JSON. */
#include "../c/funless.h"

int fl_main(const char *input, size_t length) {
  (void)input, (void)length;
  return fl_answer("{\"payload\": nope", 16);
}
