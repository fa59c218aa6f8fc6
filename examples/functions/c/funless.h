/*
 * FunLess's host interface for a function written in C. Include it in one file, and write fl_main:
 *
 *     #include "funless.h"
 *
 *     int fl_main(const char *input, size_t length) {
 *       return fl_answer(input, length);
 *     }
 *
 * The input is JSON (the "args" of the call), the answer has to be JSON too. Return what fl_answer or
 * fl_fail returned. One instance runs one call at a time, so static data needs no lock; nothing that a
 * call leaves in it can be relied on in the next one.
 */
#ifndef FUNLESS_H
#define FUNLESS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * The most bytes that the host writes as the answer of an HTTP request. It is the function's
 * http_response_bytes: 1024 unless its metadata says otherwise. The host is not told how large the
 * buffer is, so this must never be less than what the metadata says. To take more, define it before the
 * #include, and upload the function with {"http_response_bytes": <the same number>}.
 */
#ifndef FL_HTTP_RESPONSE_BYTES
#define FL_HTTP_RESPONSE_BYTES 1024
#endif
_Static_assert(FL_HTTP_RESPONSE_BYTES >= 1024, "the host writes up to 1024 bytes by default");

enum fl_method { FL_GET, FL_POST, FL_PUT, FL_DELETE };

struct fl_response {
  int status;       /* such as 200; 0 where the request failed, was refused, or the body is too long */
  const char *body; /* not ended by a zero; overwritten by the next request */
  size_t length;
};

/* The function itself, yours to write. The input is not ended by a zero. */
int fl_main(const char *input, size_t length);

/* What the host offers; the functions below wrap it. */
#define FL_IMPORT(name) __attribute__((import_module("fl_imps"), import_name(name)))
FL_IMPORT("__get_input_data") void fl_host_get_input_data(char *to);
FL_IMPORT("__insert_response") void fl_host_insert_response(const char *at, size_t length);
FL_IMPORT("__insert_error") void fl_host_insert_error(const char *at, size_t length);
FL_IMPORT("__console_log") void fl_host_console_log(const char *at, size_t length);
FL_IMPORT("__http_request")
void fl_host_http_request(char *response, uint32_t *response_length, uint16_t *status, int method,
                          const char *uri, size_t uri_length, const char *headers,
                          size_t headers_length, const char *body, size_t body_length);

/* Answers with this JSON. */
static inline int fl_answer(const char *json, size_t length) {
  fl_host_insert_response(json, length);
  return 0;
}

/* Fails the call with this text, which the caller is shown. */
static inline int fl_fail_bytes(const char *text, size_t length) {
  fl_host_insert_error(text, length);
  return 1;
}

static inline int fl_fail(const char *text) { return fl_fail_bytes(text, strlen(text)); }

/* Writes one line to the function's log. */
static inline void fl_log(const char *line) { fl_host_console_log(line, strlen(line)); }

/* Makes an HTTP request. The headers are lines such as "Accept:text/plain\n"; "" where there are none. */
static inline struct fl_response fl_request(enum fl_method method, const char *url, size_t url_length,
                                            const char *headers, const char *body,
                                            size_t body_length) {
  static char buffer[FL_HTTP_RESPONSE_BYTES];
  uint32_t length = 0;
  uint16_t status = 0;
  fl_host_http_request(buffer, &length, &status, method, url, url_length, headers, strlen(headers),
                       body, body_length);
  if (length > sizeof buffer) __builtin_trap();
  return (struct fl_response){status, buffer, length};
}

/* What the host calls. */
__attribute__((export_name("__invoke"))) int fl_invoke(size_t length) {
  char *input = malloc(length + 1);
  if (input == NULL) return fl_fail("The input does not fit into the function's memory.");
  fl_host_get_input_data(input);
  int result = fl_main(input, length);
  free(input);
  return result;
}

#endif
