/*
 * As much JSON as a small function needs: reading a field of the input without building a tree, and
 * writing an answer. Reading trusts that the host gives valid JSON, yet never reads past its end.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* A piece of JSON text as it stands in the input, quotes and escapes included; length 0: there is none. */
struct json {
  const char *at;
  size_t length;
};

/* An answer in the making; start with {0}. It grows as needed, and traps where memory is used up. */
struct json_out {
  char *at;
  size_t length;
  size_t capacity;
};

static inline const char *json_skip_space(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) at++;
  return at;
}

/* Past the string that starts here, or the end where it is cut off. */
static inline const char *json_skip_string(const char *at, const char *end) {
  for (at++; at < end; at++) {
    if (*at == '"') return at + 1;
    if (*at == '\\' && at + 1 < end) at++;
  }
  return end;
}

/* Past the value that starts here. A counter stands in for recursion: nesting costs no stack. */
static inline const char *json_skip_value(const char *at, const char *end) {
  size_t depth = 0;
  while (at < end) {
    char c = *at;
    if (c == '"') {
      at = json_skip_string(at, end);
      if (depth == 0) return at;
    } else if (c == '{' || c == '[') {
      depth++;
      at++;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      at++;
      if (--depth == 0) return at;
    } else if (depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      return at;
    } else {
      at++;
    }
  }
  return at;
}

/* The value of this key in the object, the last one where there are several. Keys compare as they are
 * written, so "n\u0061me" is not "name". */
static inline struct json json_get(const char *json, size_t length, const char *key) {
  struct json found = {0};
  size_t key_length = strlen(key);
  const char *end = json + length;
  const char *at = json_skip_space(json, end);
  if (at == end || *at != '{') return found;
  at = json_skip_space(at + 1, end);
  while (at < end && *at == '"') {
    const char *name = at;
    at = json_skip_string(at, end);
    bool same = (size_t)(at - name) == key_length + 2 && memcmp(name + 1, key, key_length) == 0;
    at = json_skip_space(at, end);
    if (at == end || *at != ':') break;
    at = json_skip_space(at + 1, end);
    const char *value = at;
    at = json_skip_value(at, end);
    if (same) found = (struct json){value, (size_t)(at - value)};
    at = json_skip_space(at, end);
    if (at == end || *at != ',') break;
    at = json_skip_space(at + 1, end);
  }
  return found;
}

static inline bool json_is_string(struct json value) {
  return value.length >= 2 && value.at[0] == '"' && value.at[value.length - 1] == '"';
}

/* What stands between the quotes, escapes and all: valid inside any other JSON string. */
static inline struct json json_inside(struct json string) {
  return (struct json){string.at + 1, string.length - 2};
}

/* A whole number from 0 to 2^53, or the fallback where the value is none. */
static inline unsigned long long json_number(struct json value, unsigned long long fallback) {
  const unsigned long long most = 1ull << 53;
  unsigned long long number = 0;
  for (size_t i = 0; i < value.length; i++) {
    if (value.at[i] < '0' || value.at[i] > '9') return fallback;
    number = number * 10 + (unsigned)(value.at[i] - '0');
    if (number > most) return fallback;
  }
  return value.length == 0 ? fallback : number;
}

static inline void json_put_bytes(struct json_out *out, const char *bytes, size_t length) {
  if (length > out->capacity - out->length) {
    size_t capacity = 2 * out->capacity + length + 64;
    char *grown = realloc(out->at, capacity);
    if (grown == NULL) __builtin_trap();
    out->at = grown;
    out->capacity = capacity;
  }
  memcpy(out->at + out->length, bytes, length);
  out->length += length;
}

/* Adds this text as it is. */
static inline void json_put(struct json_out *out, const char *text) {
  json_put_bytes(out, text, strlen(text));
}

static inline void json_put_number(struct json_out *out, unsigned long long number) {
  char digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number != 0);
  json_put_bytes(out, digits + at, sizeof digits - at);
}

/* The length of the UTF-8 character that starts here, or 0 where there is no valid one. */
static inline size_t json_utf8_length(const unsigned char *at, size_t left) {
  unsigned char c = at[0], low = 0x80, high = 0xBF;
  size_t length = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
  if (length < 2) return length;
  if (c == 0xE0) low = 0xA0;  /* no overlong forms, */
  if (c == 0xED) high = 0x9F; /* no surrogates, */
  if (c == 0xF0) low = 0x90;
  if (c == 0xF4) high = 0x8F; /* nothing above U+10FFFF */
  if (length > left || at[1] < low || at[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((at[i] & 0xC0) != 0x80) return 0;
  }
  return length;
}

/* Adds any bytes as a JSON string, quoted and escaped; what is not UTF-8 becomes U+FFFD. */
static inline void json_put_string(struct json_out *out, const char *bytes, size_t length) {
  static const char hex[] = "0123456789abcdef";
  json_put(out, "\"");
  for (size_t i = 0; i < length;) {
    unsigned char c = (unsigned char)bytes[i];
    size_t taken = json_utf8_length((const unsigned char *)bytes + i, length - i);
    if (taken == 0) {
      json_put(out, "\xEF\xBF\xBD");
      taken = 1;
    } else if (c < 0x20) {
      char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
      json_put_bytes(out, escape, sizeof escape);
    } else {
      if (c == '"' || c == '\\') json_put(out, "\\");
      json_put_bytes(out, bytes + i, taken);
    }
    i += taken;
  }
  json_put(out, "\"");
}

/* Four hex digits, or -1. */
static inline int json_hex4(const char *at, const char *end) {
  int value = 0;
  if (end - at < 4) return -1;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

/* The text that a JSON string stands for, in UTF-8; half a surrogate pair becomes U+FFFD. */
static inline struct json_out json_text(struct json string) {
  static const char escapes[] = "b\bf\fn\nr\rt\t";
  struct json_out text = {0};
  const char *at = string.at + 1, *end = string.at + string.length - 1;
  while (at < end) {
    if (*at != '\\' || at + 1 == end) {
      json_put_bytes(&text, at++, 1);
      continue;
    }
    char kind = at[1];
    at += 2;
    if (kind != 'u') {
      for (size_t i = 0; i < sizeof escapes - 1; i += 2) {
        if (escapes[i] == kind) {
          kind = escapes[i + 1];
          break;
        }
      }
      json_put_bytes(&text, &kind, 1);
      continue;
    }
    int code = json_hex4(at, end);
    if (code >= 0) at += 4;
    if (code >= 0xD800 && code < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
      int low = json_hex4(at + 2, end);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 6;
      }
    }
    if (code < 0 || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
    char utf8[4];
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; code >>= 6) utf8[i] = (char)(0x80 | (code & 0x3F));
    utf8[0] = (char)(length == 1 ? code : (0xF00 >> length & 0xFF) | code);
    json_put_bytes(&text, utf8, length);
  }
  return text;
}

#endif
