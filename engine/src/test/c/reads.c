// Reads stdin three times, each time with room for all of it, and polls it before and after. Answers: hung up and how
// much is left; the error, or -1 where a read that gave nothing touched the buffer; the three sizes; and the poll's
// again, the other way round.
#include <stdint.h>
#include <stdio.h>
#include <wasi/api.h>

static __wasi_event_fd_readwrite_t polled(void) {
  __wasi_subscription_t subscription = {.u.tag = __WASI_EVENTTYPE_FD_READ};
  __wasi_event_t event;
  __wasi_size_t count;
  if (__wasi_poll_oneoff(&subscription, &event, 1, &count) != 0 || count != 1) {
    event.fd_readwrite.flags = 99;
  }
  return event.fd_readwrite;
}

int main(void) {
  uint8_t bytes[64] = {0};
  __wasi_iovec_t all = {bytes, sizeof bytes};
  __wasi_size_t sizes[3] = {99, 99, 99};
  __wasi_event_fd_readwrite_t before = polled();
  int wrong = __wasi_fd_read(0, &all, 1, &sizes[0]);
  bytes[0] = '#';
  wrong |= __wasi_fd_read(0, &all, 1, &sizes[1]);
  wrong |= __wasi_fd_read(0, &all, 1, &sizes[2]);
  __wasi_event_fd_readwrite_t after = polled();
  printf("[%d, %d, %d", before.flags, (int)before.nbytes, bytes[0] == '#' ? wrong : -1);
  printf(", %d, %d, %d", (int)sizes[0], (int)sizes[1], (int)sizes[2]);
  printf(", %d, %d]", (int)after.nbytes, after.flags);
  return 0;
}
