/* Waits through WASI's poll_oneoff, the one way that a function has to wait without running. */
#ifndef SLEEP_H
#define SLEEP_H

#include <time.h>

/* Whether the whole time was waited. */
static inline int sleep_ms(unsigned long long ms) {
  struct timespec time = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
  return nanosleep(&time, NULL) == 0;
}

#endif
