// A WASI command that sleeps for the milliseconds that it reads, and answers how many passed.
#include <stdio.h>
#include <time.h>

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

int main(void) {
  long millis = 0;
  scanf("%ld", &millis);
  long long start = now();
  struct timespec time = {millis / 1000, millis % 1000 * 1000000};
  nanosleep(&time, 0);
  printf("%lld", now() - start);
  return 0;
}
