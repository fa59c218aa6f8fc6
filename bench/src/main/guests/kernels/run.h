/* Which kernel a name means. */
#ifndef RUN_H
#define RUN_H

#include <string.h>

#include "kernels.h"

static const struct {
  const char *name;
  uint64_t (*run)(uint32_t);
} kernels[] = {
    {"fib", fib},     {"sha256", sha256}, {"nbody", nbody},   {"mandelbrot", mandelbrot}, {"wordcount", wordcount},
    {"touch", touch}, {"blur", blur},     {"matmul", matmul}, {"quicksort", quicksort},   {"bytecode", bytecode},
};

/* 0 where there is no such kernel. */
static int run(const char *name, uint32_t repetitions, uint64_t *result) {
  for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++)
    if (strcmp(kernels[i].name, name) == 0) {
      *result = kernels[i].run(repetitions);
      return 1;
    }
  return 0;
}

#endif
