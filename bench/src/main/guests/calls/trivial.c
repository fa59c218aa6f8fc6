/* The least that a function can do: count its calls, in memory and in a global, and answer the counts. */
#include "host.h"

/* The id stands in the data segment, where the benchmark of density gives each module its own. */
static char answer[] = "{\"id\":\"id000000\",\"memory\":0,\"global\":0}";

INVOKE {
  (void)length;
  memory_calls++;
  unsigned global = count_global();
  /* Added, not set: what an earlier call left in the text shows too. */
  answer[26] += (char)memory_calls;
  answer[37] += (char)global;
  host_answer(answer, sizeof answer - 1);
  return 0;
}
