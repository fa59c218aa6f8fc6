// A WASI command that writes to stdout for ever.
#include <stdio.h>

int main(void) {
  while (1) {
    fputs("[1, 2, 3]", stdout);
  }
}
