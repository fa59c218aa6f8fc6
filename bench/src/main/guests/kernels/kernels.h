/*
 * Loops that use a processor in different ways. Each takes how often to repeat its work, starts from nothing that an
 * earlier run left, and returns a number that depends on all of it.
 */
#ifndef KERNELS_H
#define KERNELS_H

#include <stdint.h>

uint64_t fib(uint32_t repetitions);
uint64_t sha256(uint32_t repetitions);
uint64_t nbody(uint32_t repetitions);
uint64_t mandelbrot(uint32_t repetitions);
uint64_t wordcount(uint32_t repetitions);
uint64_t touch(uint32_t repetitions);
uint64_t blur(uint32_t repetitions);
uint64_t matmul(uint32_t repetitions);
uint64_t quicksort(uint32_t repetitions);
uint64_t bytecode(uint32_t repetitions);

/* Keeps a compiler from merging repetitions, and lets an engine switch to better code between them. */
#define REPEATED __attribute__((noinline)) static

/* Numbers that look random, the same on every side. */
static inline uint32_t scramble(uint32_t *state) {
  uint32_t x = *state;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return *state = x;
}

static inline uint64_t bits(double number) {
  union { double number; uint64_t bits; } both = {number};
  return both.bits;
}

#endif
