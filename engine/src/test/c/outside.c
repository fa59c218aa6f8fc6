// A WASI command that tries what it may not do, and answers with what became of it.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct stat status;
  unsigned char random[8] = {0};
  int file = open("/etc/passwd", O_RDONLY);
  int listed = stat(".", &status);
  getentropy(random, sizeof random);
  int sum = 0;
  for (int i = 0; i < 8; i++) {
    sum += random[i];
  }
  close(2);
  fprintf(stderr, "not to be seen");
  printf("{\"file\": %d, \"listed\": %d, \"random\": %s, \"year\": %s, \"args\": %d, \"name\": \"%s\"}",
         file, listed, sum ? "true" : "false", time(0) > 1700000000 ? "true" : "false", argc, argv[0]);
  return 0;
}
