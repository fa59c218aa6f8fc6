// A function with a body that no JVM method can hold, so that it is interpreted; loops for ever where
// the input says so.
__attribute__((import_module("fl_imps"), import_name("__get_input_data"))) void input(char *);
__attribute__((import_module("fl_imps"), import_name("__insert_response"))) void respond(
    const char *, int);

#define ONE x = x * 31 + y; y ^= x >> 3; a[x & 63] += y; y += a[y & 63];
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static volatile unsigned a[64];
static char bytes[1024];

__attribute__((export_name("__invoke"))) int invoke(int length) {
  unsigned x = length, y = 7;
  input(bytes);
  do {
    HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
  } while (bytes[0] == 'l');
  respond(x == y ? "[1]" : "[0]", 3);
  return 0;
}
