/* The part of FunLess's host interface that these guests use, and the counters that show a fresh instance. */
#ifndef HOST_H
#define HOST_H

#include <stddef.h>
#include <stdint.h>

#define IMPORT(name) __attribute__((import_module("fl_imps"), import_name(name)))
IMPORT("__get_input_data") void host_input(char *to);
IMPORT("__insert_response") void host_answer(const char *at, size_t length);
IMPORT("__insert_error") void host_error(const char *at, size_t length);

#define INVOKE __attribute__((export_name("__invoke"))) int invoke(size_t length)

/* One counter in linear memory, one in a global of the module: both are 1 in every call that is isolated. */
static volatile unsigned memory_calls;
static unsigned __attribute__((address_space(1))) global_calls;

/* Not inlined: clang 14 widens a global to 64 bits wrongly. */
__attribute__((noinline)) static unsigned count_global(void) { return ++global_calls; }

#endif
