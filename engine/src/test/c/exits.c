// A WASI command that exits with the code that it reads.
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  int code = 0;
  if (scanf("%d", &code) != 1) {
    code = 99;
  }
  fprintf(stderr, "giving up\n");
  printf("[%d]", code);
  exit(code);
}
