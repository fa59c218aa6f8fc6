/*
 * What a WASI command needs besides json.h: its arguments, JSON, are the whole of standard input; its answer
 * is what it writes to standard output; standard error is its log; an exit code other than 0 is a failure.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include "json.h"

#include <unistd.h>

static inline struct json_out read_input(void) {
  struct json_out input = {0};
  char chunk[4096];
  for (ssize_t count; (count = read(STDIN_FILENO, chunk, sizeof chunk)) > 0;) {
    json_put_bytes(&input, chunk, (size_t)count);
  }
  return input;
}

/* Writes it all, or ends the command. */
static inline void write_text(int file, const char *at, size_t length) {
  while (length > 0) {
    ssize_t count = write(file, at, length);
    if (count <= 0) _exit(1);
    at += count;
    length -= (size_t)count;
  }
}

static inline int command_answer(struct json_out out) {
  write_text(STDOUT_FILENO, out.at, out.length);
  return 0;
}

static inline int command_fail_bytes(const char *text, size_t length) {
  write_text(STDERR_FILENO, text, length);
  write_text(STDERR_FILENO, "\n", 1);
  return 1;
}

static inline int command_fail(const char *text) { return command_fail_bytes(text, strlen(text)); }

#endif
