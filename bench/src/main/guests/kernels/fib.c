/* Recursion: calls, and little else. */
#include "kernels.h"

__attribute__((noinline)) static uint32_t fibonacci(uint32_t n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

uint64_t fib(uint32_t repetitions) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < repetitions; i++) sum = sum * 31 + fibonacci(20 + (i & 3));
  return sum;
}
