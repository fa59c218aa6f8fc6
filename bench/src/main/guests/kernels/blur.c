/* A picture of bytes, blurred by a 5 by 5 kernel of weights: integer arithmetic on neighbours. */
#include "kernels.h"

#define SIDE 128

static uint8_t picture[SIDE][SIDE];
static uint8_t blurred[SIDE][SIDE];
static const int weights[5] = {1, 4, 6, 4, 1};

REPEATED void pass(uint8_t to[SIDE][SIDE], uint8_t from[SIDE][SIDE]) {
  for (int row = 2; row < SIDE - 2; row++) {
    for (int column = 2; column < SIDE - 2; column++) {
      int sum = 0;
      for (int y = -2; y <= 2; y++)
        for (int x = -2; x <= 2; x++) sum += weights[y + 2] * weights[x + 2] * from[row + y][column + x];
      to[row][column] = (uint8_t)(sum / 256 + (row ^ column) % 3);
    }
  }
}

uint64_t blur(uint32_t repetitions) {
  uint32_t random = 3;
  for (int row = 0; row < SIDE; row++)
    for (int column = 0; column < SIDE; column++) {
      picture[row][column] = (uint8_t)scramble(&random);
      blurred[row][column] = 0;
    }
  for (uint32_t i = 0; i < repetitions; i++) {
    pass(blurred, picture);
    pass(picture, blurred);
    picture[2 + i % (SIDE - 4)][5] ^= 0x55;
  }
  uint64_t sum = 0;
  for (int row = 0; row < SIDE; row++)
    for (int column = 0; column < SIDE; column++) sum = sum * 31 + picture[row][column] + blurred[row][column];
  return sum;
}
