/*
 * A scheduling policy: the worker with the fewest calls among those with the tag that the configuration names,
 * {"tag": "gpu"}, or among all. {"configuration": …, "workers": […], "function": …} -> {"worker": "name"}
 */
#include "funless.h"
#include "json.h"

static bool same(struct json a, struct json b) {
  return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static bool may_run(struct json worker, struct json tag, unsigned long long capacity) {
  if (tag.length > 0 && !same(tag, json_get(worker.at, worker.length, "tag"))) return false;
  struct json memory = json_get(worker.at, worker.length, "memory_available_bytes");
  return json_number(memory, 0) >= capacity;
}

int fl_main(const char *input, size_t length) {
  struct json configuration = json_get(input, length, "configuration");
  struct json workers = json_get(input, length, "workers");
  struct json function = json_get(input, length, "function");
  struct json tag = json_get(configuration.at, configuration.length, "tag");
  unsigned long long capacity =
      json_number(json_get(function.at, function.length, "capacity_bytes"), 0);
  struct json best = {0};
  unsigned long long fewest = 0;

  const char *end = workers.at + workers.length;
  for (const char *at = workers.at; at < end && *at != ']';) {
    at = json_skip_space(at + 1, end); /* behind the bracket or the comma */
    const char *behind = json_skip_value(at, end);
    struct json worker = {at, (size_t)(behind - at)};
    unsigned long long calls = json_number(json_get(worker.at, worker.length, "calls"), 0);
    if (may_run(worker, tag, capacity) && (best.length == 0 || calls < fewest)) {
      best = json_get(worker.at, worker.length, "name");
      fewest = calls;
    }
    at = json_skip_space(behind, end);
  }

  struct json_out out = {0};
  json_put(&out, "{\"worker\": ");
  if (best.length > 0) {
    json_put_bytes(&out, best.at, best.length);
  } else {
    json_put(&out, "null, \"reason\": \"The picker found no worker with that tag and enough memory.\"");
  }
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
