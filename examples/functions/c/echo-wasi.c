/* Copies standard input to standard output. */
#include <stdio.h>

int main(void) {
  char chunk[4096];
  for (size_t count; (count = fread(chunk, 1, sizeof chunk, stdin)) > 0;) {
    fwrite(chunk, 1, count, stdout);
  }
  return 0;
}
