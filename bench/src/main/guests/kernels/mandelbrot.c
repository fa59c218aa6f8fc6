/* The set of Mandelbrot: floating point in a tight loop whose end depends on the data. */
#include "kernels.h"

#define SIDE 64
#define LIMIT 200

REPEATED uint64_t picture(double shift) {
  uint64_t sum = 0;
  for (int row = 0; row < SIDE; row++) {
    for (int column = 0; column < SIDE; column++) {
      double cx = column * 3.0 / SIDE - 2 + shift;
      double cy = row * 2.0 / SIDE - 1;
      double x = 0, y = 0;
      uint32_t turns = 0;
      while (turns < LIMIT && x * x + y * y < 4) {
        double next = x * x - y * y + cx;
        y = 2 * x * y + cy;
        x = next;
        turns++;
      }
      sum = sum * 31 + turns;
    }
  }
  return sum;
}

uint64_t mandelbrot(uint32_t repetitions) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < repetitions; i++) sum ^= picture((i & 15) * 0.001) + i;
  return sum;
}
