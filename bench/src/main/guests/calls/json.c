/*
 * Parses a JSON document into a tree, walks the tree, and answers what it holds: an answer that nobody can give
 * who has not read the document to its end. The Rust command rust-json.rs and DocumentFacts.java answer the same.
 */
#include "host.h"

enum kind { NIL, FALSE, TRUE, NUMBER, STRING, ARRAY, OBJECT };

/* An array's or object's children are linked by next; an object's are key, value, key, value. */
struct node {
  enum kind kind;
  uint32_t length;
  struct node *first;
  struct node *next;
  const char *text;
  double number;
};

struct facts {
  uint32_t objects, arrays, strings, numbers, trues, nils, bytes, depth, hash;
  int64_t hundredths;
};

#define INPUT_BYTES 8192
#define NODES 512
#define NESTING 64

static char input[INPUT_BYTES + 1];
static char strings[INPUT_BYTES];
static struct node nodes[NODES];
static uint32_t used_nodes;
static uint32_t used_strings;
static const char *at;
static const char *wrong;

static struct node *fail(const char *why) {
  if (!wrong) wrong = why;
  return NULL;
}

static struct node *node(enum kind kind) {
  if (used_nodes == NODES) return fail("too many values");
  struct node *made = &nodes[used_nodes++];
  made->kind = kind;
  made->first = made->next = NULL;
  return made;
}

static void blanks(void) {
  while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') at++;
}

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits after \u, as UTF-8. Surrogates are refused. */
static int escaped_character(void) {
  uint32_t code = 0;
  for (int i = 0; i < 4; i++) {
    int digit = hex(at[i]);
    if (digit < 0) return 0;
    code = code << 4 | (uint32_t)digit;
  }
  if (code >= 0xd800 && code < 0xe000) return 0;
  at += 4;
  if (code < 0x80) {
    strings[used_strings++] = (char)code;
  } else if (code < 0x800) {
    strings[used_strings++] = (char)(0xc0 | code >> 6);
    strings[used_strings++] = (char)(0x80 | (code & 0x3f));
  } else {
    strings[used_strings++] = (char)(0xe0 | code >> 12);
    strings[used_strings++] = (char)(0x80 | (code >> 6 & 0x3f));
    strings[used_strings++] = (char)(0x80 | (code & 0x3f));
  }
  return 1;
}

static int escape(void) {
  char c = *at++;
  switch (c) {
    case '"': case '\\': case '/': strings[used_strings++] = c; return 1;
    case 'b': strings[used_strings++] = '\b'; return 1;
    case 'f': strings[used_strings++] = '\f'; return 1;
    case 'n': strings[used_strings++] = '\n'; return 1;
    case 'r': strings[used_strings++] = '\r'; return 1;
    case 't': strings[used_strings++] = '\t'; return 1;
    case 'u': return escaped_character();
    default: return 0;
  }
}

static struct node *string(void) {
  struct node *made = node(STRING);
  if (!made) return NULL;
  uint32_t start = used_strings;
  at++;
  for (;;) {
    unsigned char c = (unsigned char)*at;
    if (c == '"') break;
    if (c < 0x20) return fail("a control character in a string");
    at++;
    if (c != '\\') {
      strings[used_strings++] = (char)c;
    } else if (!escape()) {
      return fail("a bad escape");
    }
  }
  at++;
  made->text = &strings[start];
  made->length = used_strings - start;
  return made;
}

static int is_digit(char c) { return c >= '0' && c <= '9'; }

static struct node *number(void) {
  struct node *made = node(NUMBER);
  if (!made) return NULL;
  int negative = *at == '-';
  if (negative) at++;
  if (!is_digit(*at)) return fail("a bad number");
  int64_t whole = 0;
  int scale = 0;
  while (is_digit(*at)) whole = whole * 10 + (*at++ - '0');
  if (*at == '.') {
    at++;
    if (!is_digit(*at)) return fail("a bad fraction");
    while (is_digit(*at)) whole = whole * 10 + (*at++ - '0'), scale--;
  }
  if ((*at | 32) == 'e') {
    at++;
    int down = *at == '-';
    if (*at == '-' || *at == '+') at++;
    if (!is_digit(*at)) return fail("a bad exponent");
    int exponent = 0;
    while (is_digit(*at) && exponent < 1000) exponent = exponent * 10 + (*at++ - '0');
    scale += down ? -exponent : exponent;
  }
  double value = (double)whole;
  for (; scale > 0; scale--) value *= 10;
  double divisor = 1;
  for (; scale < 0; scale++) divisor *= 10;
  value /= divisor;
  made->number = negative ? -value : value;
  return made;
}

static struct node *word(const char *name, enum kind kind) {
  while (*name)
    if (*at++ != *name++) return fail("an unknown word");
  return node(kind);
}

static struct node *value(int nesting);

static struct node *children(enum kind kind, char close, int nesting) {
  struct node *made = node(kind);
  if (!made) return NULL;
  struct node **link = &made->first;
  at++;
  blanks();
  if (*at == close) {
    at++;
    return made;
  }
  for (;;) {
    blanks();
    if (kind == OBJECT) {
      if (*at != '"') return fail("a key is due");
      if (!(*link = string())) return NULL;
      link = &(*link)->next;
      blanks();
      if (*at++ != ':') return fail("a colon is due");
    }
    if (!(*link = value(nesting + 1))) return NULL;
    link = &(*link)->next;
    blanks();
    char c = *at++;
    if (c == close) return made;
    if (c != ',') return fail("a comma is due");
  }
}

static struct node *value(int nesting) {
  if (nesting > NESTING) return fail("nested too deeply");
  blanks();
  switch (*at) {
    case '{': return children(OBJECT, '}', nesting);
    case '[': return children(ARRAY, ']', nesting);
    case '"': return string();
    case 't': return word("true", TRUE);
    case 'f': return word("false", FALSE);
    case 'n': return word("null", NIL);
    default: return number();
  }
}

static void gather(const struct node *tree, uint32_t depth, struct facts *facts) {
  switch (tree->kind) {
    case NIL: facts->nils++; break;
    case FALSE: break;
    case TRUE: facts->trues++; break;
    case NUMBER:
      facts->numbers++;
      facts->hundredths += (int64_t)(tree->number * 100 + (tree->number < 0 ? -0.5 : 0.5));
      break;
    case STRING:
      facts->strings++;
      facts->bytes += tree->length;
      for (uint32_t i = 0; i < tree->length; i++)
        facts->hash = (facts->hash ^ (unsigned char)tree->text[i]) * 16777619u;
      break;
    case ARRAY:
    case OBJECT:
      if (tree->kind == ARRAY) facts->arrays++;
      else facts->objects++;
      if (depth + 1 > facts->depth) facts->depth = depth + 1;
      for (const struct node *child = tree->first; child; child = child->next)
        gather(child, depth + 1, facts);
      break;
  }
}

static char *put_text(char *to, const char *text) {
  while (*text) *to++ = *text++;
  return to;
}

static char *put_number(char *to, int64_t number) {
  char digits[20];
  int count = 0;
  if (number < 0) *to++ = '-', number = -number;
  do digits[count++] = (char)('0' + number % 10);
  while (number /= 10);
  while (count) *to++ = digits[--count];
  return to;
}

static char *put(char *to, const char *name, int64_t number) {
  return put_number(put_text(to, name), number);
}

INVOKE {
  static char answer[512];
  if (length > INPUT_BYTES) {
    host_error("too long", 8);
    return 1;
  }
  host_input(input);
  input[length] = 0;
  memory_calls++;
  unsigned global = count_global();
  at = input;
  struct node *tree = value(0);
  blanks();
  if (tree && at != input + length) fail("more than one value");
  if (wrong) {
    host_error(wrong, (size_t)(put_text(answer, wrong) - answer));
    return 1;
  }
  struct facts facts = {.hash = 2166136261u};
  gather(tree, 0, &facts);
  char *end = put(answer, "{\"memory\":", memory_calls);
  end = put(end, ",\"global\":", global);
  end = put(end, ",\"objects\":", facts.objects);
  end = put(end, ",\"arrays\":", facts.arrays);
  end = put(end, ",\"strings\":", facts.strings);
  end = put(end, ",\"bytes\":", facts.bytes);
  end = put(end, ",\"hash\":", facts.hash);
  end = put(end, ",\"numbers\":", facts.numbers);
  end = put(end, ",\"hundredths\":", facts.hundredths);
  end = put(end, ",\"trues\":", facts.trues);
  end = put(end, ",\"nulls\":", facts.nils);
  end = put(end, ",\"depth\":", facts.depth);
  end = put_text(end, "}");
  host_answer(answer, (size_t)(end - answer));
  return 0;
}
