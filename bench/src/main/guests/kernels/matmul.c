/* Matrices of doubles, multiplied: nested counted loops with three access patterns. */
#include "kernels.h"

#define SIZE 96

static double left[SIZE][SIZE], right[SIZE][SIZE], product[SIZE][SIZE];

REPEATED void multiply(void) {
  for (int i = 0; i < SIZE; i++) {
    for (int j = 0; j < SIZE; j++) {
      double sum = 0;
      for (int k = 0; k < SIZE; k++) sum += left[i][k] * right[k][j];
      product[i][j] = sum;
    }
  }
}

uint64_t matmul(uint32_t repetitions) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      left[i][j] = (i * 7 + j * 3) % 17 * 0.125 - 1;
      right[i][j] = (i * 5 + j * 11) % 13 * 0.25 - 1.5;
    }
  uint64_t sum = 0;
  for (uint32_t i = 0; i < repetitions; i++) {
    multiply();
    left[i % SIZE][(i * 7) % SIZE] += 0.5;
    sum = sum * 31 + bits(product[i % SIZE][(i * 3) % SIZE]);
  }
  return sum;
}
