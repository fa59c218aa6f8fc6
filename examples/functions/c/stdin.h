/* Reads the whole of standard input, which is how a WASI command gets its arguments. */
#ifndef STDIN_H
#define STDIN_H

#include "json.h"

#include <unistd.h>

static inline struct json_out read_stdin(void) {
  struct json_out input = {0};
  char chunk[4096];
  for (ssize_t count; (count = read(0, chunk, sizeof chunk)) > 0;) {
    json_put_bytes(&input, chunk, (size_t)count);
  }
  return input;
}

#endif
