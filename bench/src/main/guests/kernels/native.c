/* Takes lines "NUMBER KERNEL REPETITIONS", answers each with "answer NUMBER NANOSECONDS CHECKSUM". */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "run.h"

int main(void) {
  char name[32];
  uint32_t number, repetitions;
  while (scanf("%" SCNu32 " %31s %" SCNu32, &number, name, &repetitions) == 3) {
    struct timespec start, end;
    uint64_t result;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (!run(name, repetitions, &result)) return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("answer %" PRIu32 " %" PRId64 " %" PRIu64 "\n", number,
           (end.tv_sec - start.tv_sec) * INT64_C(1000000000) + end.tv_nsec - start.tv_nsec, result);
    fflush(stdout);
  }
  return 0;
}
