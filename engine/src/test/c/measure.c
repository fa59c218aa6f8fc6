// A WASI command: answers with {"length": N, "first": "..."} of what it reads.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  static char input[65536];
  size_t length = fread(input, 1, sizeof input - 1, stdin);
  fprintf(stderr, "read %zu bytes\n", length);
  const char *greeting = getenv("GREETING");
  printf("{\"length\": %zu, \"greeting\": \"%s\"}\n", length, greeting ? greeting : "");
  return 0;
}
