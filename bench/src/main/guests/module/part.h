/*
 * One part of a large module, included many times with another PART each time: a parser, a small machine, hashes, a
 * formatter, tables and the like, whose constants, sizes and, in places, shapes depend on PART. So that every part is
 * code of its own, as in a module that people wrote, and not a copy that a compiler or a cache could fold.
 */
#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(name) JOIN(name, PART)
#define SALT(n) ((uint32_t)((PART * 2654435761u + (n)*0x9e3779b9u) ^ ((PART + (n)) * 40503u)))

static uint32_t NAME(table)[32 + PART % 16];

static const char *const NAME(words)[] = {
#if PART % 2
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta",
#else
    "north", "east", "south", "west", "up", "down", "here",
#endif
#if PART % 3 == 1
    "red", "green", "blue",
#endif
};

#define WORDS (sizeof NAME(words) / sizeof *NAME(words))

/* Arithmetic with precedence and brackets over the text; its shape as in any hand-written parser. */
struct NAME(parser) {
  const char *at, *end;
  uint32_t errors, depth, seed;
};

static uint32_t NAME(sum)(struct NAME(parser) * parser);

static uint32_t NAME(atom)(struct NAME(parser) * parser) {
  while (parser->at < parser->end && (*parser->at == ' ' || *parser->at == SALT(1) % 10 + 11)) parser->at++;
  if (parser->at == parser->end) {
    parser->errors++;
    return SALT(2);
  }
  char c = *parser->at++;
  if (c >= '0' && c <= '9') {
    uint32_t value = (uint32_t)(c - '0');
    while (parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9')
      value = value * (10 + PART % 3) + (uint32_t)(*parser->at++ - '0');
    return value;
  }
  if (c == '(' || c == '[') {
    if (++parser->depth > 20 + PART % 7) {
      parser->errors += 3;
      return 0;
    }
    uint32_t value = NAME(sum)(parser);
    parser->depth--;
    if (parser->at < parser->end && (*parser->at == ')' || *parser->at == ']')) parser->at++;
    else parser->errors++;
    return value ^ SALT(3);
  }
  switch (c) {
    case '-': return -NAME(atom)(parser);
    case '~': return ~NAME(atom)(parser) + SALT(4);
    case 'x': return parser->seed;
    case 'y': return parser->seed * SALT(5);
    case 'z': return parser->seed >> (PART % 13 + 1);
    case '"': {
      uint32_t length = 0;
      while (parser->at < parser->end && *parser->at != '"') parser->at++, length++;
      if (parser->at < parser->end) parser->at++;
      return length * SALT(6);
    }
    default: parser->errors++; return (uint8_t)c * SALT(7);
  }
}

static uint32_t NAME(product)(struct NAME(parser) * parser) {
  uint32_t value = NAME(atom)(parser);
  while (parser->at < parser->end) {
    switch (*parser->at) {
      case '*': parser->at++, value *= NAME(atom)(parser); break;
      case '/': {
        parser->at++;
        uint32_t divisor = NAME(atom)(parser);
        if (divisor) value /= divisor;
        else parser->errors++;
        break;
      }
      case '%': {
        parser->at++;
        uint32_t divisor = NAME(atom)(parser);
        value = divisor ? value % divisor : SALT(8);
        break;
      }
      default: return value;
    }
  }
  return value;
}

static uint32_t NAME(sum)(struct NAME(parser) * parser) {
  uint32_t value = NAME(product)(parser);
  while (parser->at < parser->end) {
    char c = *parser->at;
    if (c == '+') parser->at++, value += NAME(product)(parser);
    else if (c == '-') parser->at++, value -= NAME(product)(parser);
    else if (c == '^') parser->at++, value ^= NAME(product)(parser) + SALT(9);
    else if (c == ' ' || c == ',') parser->at++;
    else return value;
  }
  return value;
}

/* A machine with a stack; the text is its program. */
static uint32_t NAME(machine)(const char *text, uint32_t length, uint32_t seed) {
  uint32_t stack[16] = {seed, SALT(10)}, top = 2, steps = 0;
  uint64_t wide = SALT(11);
  double real = 1.0 + PART;
  for (uint32_t at = 0; at < length && steps < 500; at++, steps++) {
    if (top < 2) stack[top++] = seed + at;
    if (top > 14) top = 7;
    uint32_t *upper = &stack[top - 1], *lower = &stack[top - 2];
    switch (((uint8_t)text[at] + PART * 7) % 26) {
      case 0: stack[top++] = at; break;
      case 1: *lower += *upper, top--; break;
      case 2: *lower -= *upper, top--; break;
      case 3: *lower *= *upper | 1, top--; break;
      case 4: *upper = *upper << (at % 31 + 1) | *upper >> (31 - at % 31); break;
      case 5: *lower ^= *upper, top--; break;
      case 6: *lower = *lower < *upper ? SALT(12) : *upper, top--; break;
      case 7: stack[top] = *upper, top++; break;
      case 8: wide = wide * 6364136223846793005u + *upper; break;
      case 9: *upper = (uint32_t)(wide >> (PART % 24)); break;
      case 10: real = real * 1.5 + *upper % 100; break;
      case 11: real = real > 1e9 ? real / 3e7 : real + 0.25; break;
      case 12: *upper ^= (uint32_t)(int32_t)real; break;
      case 13: NAME(table)[*upper % (32 + PART % 16)] += at; break;
      case 14: *upper += NAME(table)[*upper % (32 + PART % 16)]; break;
      case 15: *upper = __builtin_popcount(*upper) * SALT(13); break;
      case 16: *upper = *upper ? (uint32_t)__builtin_clz(*upper) + SALT(14) : 1; break;
      case 17: if (*upper % 5 == PART % 5 && at > 3) at -= 2; break;
      case 18: at += *upper % 3; break;
      case 19: { uint32_t other = *upper; *upper = *lower, *lower = other; break; }
      case 20: *upper = (uint32_t)((int32_t)*upper >> (PART % 9 + 1)); break;
      case 21: *lower = *upper ? *lower / *upper : SALT(15), top--; break;
      case 22: wide ^= wide >> (17 + PART % 11); break;
      case 23: *upper += (uint32_t)wide; break;
#if PART % 2
      case 24: *upper = *upper * SALT(16) + 3; break;
#endif
      default: *upper ^= SALT(17) + steps; break;
    }
  }
  uint32_t result = (uint32_t)wide ^ (uint32_t)(int64_t)real;
  while (top) result = result * 31 + stack[--top];
  return result;
}

static uint32_t NAME(mix)(const char *text, uint32_t length, uint32_t seed) {
  uint32_t a = seed ^ SALT(18), b = SALT(19), c = length;
  uint32_t at = 0;
  for (; at + 4 <= length; at += 4) {
    uint32_t word;
    memcpy(&word, text + at, 4);
    a = (a ^ word) * (SALT(20) | 1);
    a = a << (PART % 17 + 5) | a >> (27 - PART % 17);
    b += a ^ c;
    c = c * 5 + SALT(21);
  }
  for (; at < length; at++) b = (b ^ (uint8_t)text[at]) * (SALT(22) | 1);
#if PART % 4 == 2
  a ^= b >> 13, b += c << 7, c ^= a >> 17;
#elif PART % 4 == 3
  a *= SALT(23) | 1, a ^= a >> 15, b *= SALT(24) | 1;
#endif
  return a ^ b ^ c;
}

/* Numbers as text, of several forms. */
static uint32_t NAME(format)(char *to, uint32_t number, uint32_t width) {
  char digits[40];
  uint32_t count = 0, at = 0;
  if ((int32_t)number < 0 && number % 2 == PART % 2) {
    to[at++] = '-';
    number = -number;
  }
  switch (number % 4) {
    case 0:
      do digits[count++] = "0123456789abcdef"[number % 16];
      while (number /= 16);
      digits[count++] = 'x';
      break;
    case 1:
      do digits[count++] = (char)('0' + number % 8);
      while (number /= 8);
      break;
    case 2:
      do {
        if (count % 4 == 3) digits[count++] = PART % 2 ? '\'' : ',';
        digits[count++] = (char)('0' + number % 10);
      } while (number /= 10);
      break;
    default: {
      const char *word = NAME(words)[number % WORDS];
      for (uint32_t i = (uint32_t)strlen(word); i > 0; i--) digits[count++] = word[i - 1];
    }
  }
  while (count + at < width % 20) to[at++] = PART % 3 ? ' ' : '0';
  while (count) to[at++] = digits[--count];
  return at;
}

/* Which kind of token each stretch of the text is. */
static uint32_t NAME(scan)(const char *text, uint32_t length) {
  enum { START, NUMBER, WORD, SPACE, SIGN, QUOTED, ESCAPED } state = START;
  uint32_t counts[7] = {0}, sum = SALT(25);
  for (uint32_t at = 0; at < length; at++) {
    char c = text[at];
    switch (state) {
      case QUOTED:
        if (c == '\\') state = ESCAPED;
        else if (c == '"') state = START;
        break;
      case ESCAPED: state = QUOTED; break;
      default:
        if (c >= '0' && c <= '9') state = state == WORD ? WORD : NUMBER;
        else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') state = WORD;
        else if (c == ' ' || c == '\n' || c == '\t') state = SPACE;
        else if (c == '"') state = QUOTED;
        else state = SIGN;
    }
    counts[state]++;
    sum = sum * (SALT(26) | 1) + state;
  }
  for (int i = 0; i < 7; i++) sum ^= counts[i] << (i * 3 + PART % 5);
  return sum;
}

/* A table, filled, sorted and searched. */
static uint32_t NAME(order)(uint32_t seed) {
  enum { COUNT = 12 + PART % 9 };
  struct { uint32_t key; uint16_t rank; int8_t sign; } entries[COUNT];
  for (uint32_t i = 0; i < COUNT; i++) {
    seed = seed * 1664525u + SALT(27);
    entries[i].key = seed >> 8;
    entries[i].rank = (uint16_t)(seed % (100 + PART));
    entries[i].sign = (int8_t)(seed >> 24);
  }
  for (uint32_t i = 1; i < COUNT; i++)
    for (uint32_t j = i; j > 0 && (entries[j - 1].rank > entries[j].rank ||
                                   (entries[j - 1].rank == entries[j].rank && entries[j - 1].sign < entries[j].sign));
         j--) {
      __typeof__(entries[0]) other = entries[j];
      entries[j] = entries[j - 1];
      entries[j - 1] = other;
    }
  uint32_t low = 0, high = COUNT;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (entries[middle].rank < 50 + PART % 40) low = middle + 1;
    else high = middle;
  }
  uint32_t sum = low * SALT(28);
  for (uint32_t i = 0; i < COUNT; i++) sum = sum * 33 + entries[i].key + (uint32_t)entries[i].sign;
  return sum;
}

/* Curves in doubles, rounded so that every machine gives the same. */
static uint32_t NAME(curve)(uint32_t seed) {
  double x = (seed % 1000) * 0.001, y = 0.5, area = 0;
  for (int i = 0; i < 8 + PART % 5; i++) {
    y = ((x * 0.75 + 1.0 / (PART + 2)) * x - 0.5 * (PART % 3)) * x + y * 0.125;
    area += y < 0 ? -y : y * y;
    x += 0.0625 * (1 + PART % 4);
    if (area > 1e6) area *= 1e-3;
  }
  return (uint32_t)(int64_t)(area * 1024) ^ SALT(29);
}

uint32_t NAME(part)(const char *text, uint32_t length, uint32_t seed) {
  char buffer[128];
  struct NAME(parser) parser = {text, text + length, 0, 0, seed};
  uint32_t result = NAME(mix)(text, length, seed);
  while (parser.at < parser.end && parser.errors < 20) {
    const char *before = parser.at;
    result = result * 31 + NAME(sum)(&parser);
    if (parser.at == before) parser.at++;
  }
  result ^= parser.errors << 16;
  result = result * 31 + NAME(machine)(text, length, result);
  result = result * 31 + NAME(scan)(text, length);
  result = result * 31 + NAME(order)(result);
  result = result * 31 + NAME(curve)(result);
  uint32_t end = NAME(format)(buffer, result, seed);
  end += NAME(format)(buffer + end, seed ^ SALT(30), 12);
  return NAME(mix)(buffer, end, result);
}

#undef WORDS
#undef SALT
#undef NAME
#undef JOIN
#undef JOIN_
