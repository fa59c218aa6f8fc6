/* Five bodies that attract each other: double precision, square roots and divisions. */
#include <math.h>

#include "kernels.h"

#define BODIES 5

struct body {
  double x, y, z, vx, vy, vz, mass;
};

static struct body bodies[BODIES];

REPEATED void steps(uint32_t count) {
  for (uint32_t step = 0; step < count; step++) {
    for (int i = 0; i < BODIES; i++) {
      for (int j = i + 1; j < BODIES; j++) {
        double dx = bodies[i].x - bodies[j].x;
        double dy = bodies[i].y - bodies[j].y;
        double dz = bodies[i].z - bodies[j].z;
        double square = dx * dx + dy * dy + dz * dz + 0.01;
        double pull = 0.001 / (square * sqrt(square));
        bodies[i].vx -= dx * bodies[j].mass * pull;
        bodies[i].vy -= dy * bodies[j].mass * pull;
        bodies[i].vz -= dz * bodies[j].mass * pull;
        bodies[j].vx += dx * bodies[i].mass * pull;
        bodies[j].vy += dy * bodies[i].mass * pull;
        bodies[j].vz += dz * bodies[i].mass * pull;
      }
    }
    for (int i = 0; i < BODIES; i++) {
      bodies[i].x += 0.001 * bodies[i].vx;
      bodies[i].y += 0.001 * bodies[i].vy;
      bodies[i].z += 0.001 * bodies[i].vz;
    }
  }
}

uint64_t nbody(uint32_t repetitions) {
  for (int i = 0; i < BODIES; i++)
    bodies[i] = (struct body){i * 3.1 - 5, 7 - i * i * 1.3, i * 0.7, 0.1 * i, 0.3 - 0.05 * i, -0.02 * i, 1 + i * 0.25};
  for (uint32_t i = 0; i < repetitions; i++) steps(500);
  uint64_t sum = 0;
  for (int i = 0; i < BODIES; i++) sum = sum * 31 + (bits(bodies[i].x) ^ bits(bodies[i].vy));
  return sum;
}
