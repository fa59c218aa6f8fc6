// A FunLess function built as a WASI reactor: _initialize runs its constructor before each call.
#include <stdio.h>

__attribute__((import_module("fl_imps"), import_name("__insert_response"))) void respond(
    const char *bytes, int length);

static int constructed;

__attribute__((constructor)) static void construct(void) {
  constructed++;
}

__attribute__((export_name("__invoke"))) int invoke(int length) {
  char answer[64];
  printf("called\n");
  fflush(stdout);
  respond(answer, snprintf(answer, sizeof answer, "{\"constructed\": %d}", constructed));
  return 0;
}
