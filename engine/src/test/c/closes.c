// Answers what each WASI call gives for the descriptor that its input names: while open, for closing it twice, and
// once it is closed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

__attribute__((import_module("fl_imps"), import_name("__get_input_data"))) void input(char *to);

__attribute__((import_module("fl_imps"), import_name("__insert_response"))) void respond(
    const char *bytes, int length);

static char answer[4096];
static int length;

static void put(const char *before, int number) {
  length += snprintf(answer + length, sizeof answer - length, "%s%d", before, number);
}

static int polled(__wasi_eventtype_t kind, int descriptor) {
  __wasi_subscription_t subscription = {.userdata = 7};
  __wasi_event_t event;
  __wasi_size_t count;
  subscription.u.tag = kind;
  subscription.u.u.fd_read.file_descriptor = descriptor;
  __wasi_errno_t wrong = __wasi_poll_oneoff(&subscription, &event, 1, &count);
  return wrong != 0 ? 1000 + wrong : event.error;
}

// All calls, each with valid pointers and a descriptor that may be none.
static void ask(int descriptor) {
  char byte = '.';
  __wasi_ciovec_t out = {(const uint8_t *)&byte, 1};
  __wasi_iovec_t in = {(uint8_t *)&byte, 1};
  __wasi_size_t size;
  __wasi_filesize_t offset;
  __wasi_fdstat_t status;
  __wasi_filestat_t file;
  __wasi_prestat_t prestat;
  uint8_t name[8];
  put("[", __wasi_fd_read(descriptor, &in, 1, &size));
  put(", ", __wasi_fd_write(descriptor, &out, 1, &size));
  put(", ", __wasi_fd_fdstat_get(descriptor, &status));
  put(", ", __wasi_fd_fdstat_set_flags(descriptor, __WASI_FDFLAGS_NONBLOCK));
  put(", ", __wasi_fd_filestat_get(descriptor, &file));
  put(", ", __wasi_fd_seek(descriptor, 0, __WASI_WHENCE_CUR, &offset));
  put(", ", __wasi_fd_tell(descriptor, &offset));
  put(", ", __wasi_fd_pread(descriptor, &in, 1, 0, &size));
  put(", ", __wasi_fd_pwrite(descriptor, &out, 1, 0, &size));
  put(", ", __wasi_fd_readdir(descriptor, name, sizeof name, 0, &size));
  put(", ", __wasi_fd_prestat_get(descriptor, &prestat));
  put(", ", __wasi_fd_prestat_dir_name(descriptor, name, sizeof name));
  put(", ", polled(__WASI_EVENTTYPE_FD_READ, descriptor));
  put(", ", polled(__WASI_EVENTTYPE_FD_WRITE, descriptor));
  put(", ", __wasi_fd_renumber(descriptor, descriptor));
  length += snprintf(answer + length, sizeof answer - length, "]");
}

__attribute__((export_name("__invoke"))) int invoke(int size) {
  char *text = calloc(1, size + 1);
  input(text);
  int descriptor = atoi(text);
  ask(descriptor);
  put(", [", __wasi_fd_close(descriptor));
  put(", ", __wasi_fd_close(descriptor));
  length += snprintf(answer + length, sizeof answer - length, "], ");
  ask(descriptor);
  length += snprintf(answer + length, sizeof answer - length, "]");
  memmove(answer + 1, answer, ++length);
  answer[0] = '[';
  respond(answer, length);
  return 0;
}
