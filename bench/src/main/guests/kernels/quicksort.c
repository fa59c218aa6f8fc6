/* Sorting: recursion, comparisons that nobody can predict, and exchanges. */
#include "kernels.h"

#define COUNT 8192

static uint32_t numbers[COUNT];

static void sort(int32_t from, int32_t to) {
  while (from < to) {
    uint32_t pivot = numbers[from + (to - from) / 2];
    int32_t low = from, high = to;
    while (low <= high) {
      while (numbers[low] < pivot) low++;
      while (numbers[high] > pivot) high--;
      if (low <= high) {
        uint32_t other = numbers[low];
        numbers[low++] = numbers[high];
        numbers[high--] = other;
      }
    }
    sort(from, high);
    from = low;
  }
}

REPEATED uint64_t shuffle_and_sort(uint32_t seed) {
  for (uint32_t i = 0; i < COUNT; i++) numbers[i] = scramble(&seed);
  sort(0, COUNT - 1);
  uint64_t sum = 0;
  for (uint32_t i = 0; i < COUNT; i += 61) sum = sum * 31 + numbers[i];
  return sum;
}

uint64_t quicksort(uint32_t repetitions) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < repetitions; i++) sum ^= shuffle_and_sort(i + 1);
  return sum;
}
