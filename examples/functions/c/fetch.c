/*
 * {"url": "http://..."} -> {"status": 200, "body": "..."}; status 0 where the request failed.
 *
 * Takes up to 64 KiB when uploaded with the metadata {"http_response_bytes": 65536}, otherwise 1024 bytes.
 */
#define FL_HTTP_RESPONSE_BYTES 65536
#include "funless.h"
#include "json.h"

int fl_main(const char *input, size_t length) {
  struct json url = json_get(input, length, "url");
  if (!json_is_string(url)) return fl_fail("The input has no \"url\".");
  struct json_out text = json_text(url);
  struct fl_response response = fl_request(FL_GET, text.at, text.length, "", "", 0);

  struct json_out out = {0};
  json_put(&out, "{\"status\": ");
  json_put_number(&out, (unsigned)response.status);
  json_put(&out, ", \"body\": ");
  json_put_string(&out, response.body, response.length);
  json_put(&out, "}");
  return fl_answer(out.at, out.length);
}
