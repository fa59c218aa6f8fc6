/* An interpreter of a small machine: one switch in a loop, as interpreters compiled to wasm have it. */
#include "kernels.h"

enum operation { PUSH, ADD, SUBTRACT, MULTIPLY, XOR, LOAD, STORE, SHIFT, LESS, JUMP_IF, JUMP, DUPLICATE, DROP, END };

/* Sums and mixes the numbers below the one in cell 0; cell 1 counts, cell 2 is the result. */
static const uint32_t program[] = {
    PUSH, 0, STORE, 1,                                            /* 0: i = 0 */
    LOAD, 1, LOAD, 0, LESS, JUMP_IF, 14, JUMP, 39, END,           /* 4: while (i < n) */
    LOAD, 2, LOAD, 1, PUSH, 2654435761u, MULTIPLY, XOR,           /* 14: r = r ^ i * c */
    DUPLICATE, SHIFT, 7, ADD, STORE, 2,                           /* 22: r = r + (r >> 7) */
    LOAD, 1, PUSH, 1, ADD, STORE, 1, DUPLICATE, DROP, JUMP, 4,    /* 28: i++ */
    END};

REPEATED uint32_t execute(uint32_t n, uint32_t start) {
  uint32_t cells[4] = {n, 0, start, 0};
  uint32_t stack[32];
  stack[0] = 0;
  uint32_t top = 1;
  const uint32_t *at = program;
  for (;;) {
    switch ((enum operation)*at++) {
      case PUSH: stack[top++] = *at++; break;
      case ADD: top--, stack[top - 1] += stack[top]; break;
      case SUBTRACT: top--, stack[top - 1] -= stack[top]; break;
      case MULTIPLY: top--, stack[top - 1] *= stack[top]; break;
      case XOR: top--, stack[top - 1] ^= stack[top]; break;
      case LOAD: stack[top++] = cells[*at++]; break;
      case STORE: cells[*at++] = stack[--top]; break;
      case SHIFT: stack[top - 1] >>= *at++; break;
      case LESS: top--, stack[top - 1] = stack[top - 1] < stack[top]; break;
      case JUMP_IF: at = stack[--top] ? program + *at : at + 1; break;
      case JUMP: at = program + *at; break;
      case DUPLICATE: stack[top] = stack[top - 1], top++; break;
      case DROP: top--; break;
      case END: return cells[2];
    }
  }
}

uint64_t bytecode(uint32_t repetitions) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < repetitions; i++) sum = sum * 31 + execute(2000, i);
  return sum;
}
