// As much JSON as a small function needs: reading a field of the input without building a tree, and quoting text for
// an answer. Reading trusts that the host gives valid JSON; of anything else it makes something or other, but never
// fails.

const TAB: i32 = 0x09;
const LINE_FEED: i32 = 0x0a;
const CARRIAGE_RETURN: i32 = 0x0d;
const SPACE: i32 = 0x20;
const QUOTE: i32 = 0x22;
const COMMA: i32 = 0x2c;
const COLON: i32 = 0x3a;
const OPEN_BRACKET: i32 = 0x5b;
const BACKSLASH: i32 = 0x5c;
const CLOSE_BRACKET: i32 = 0x5d;
const OPEN_BRACE: i32 = 0x7b;
const CLOSE_BRACE: i32 = 0x7d;
const NOTHING: i32 = -1; // what charCodeAt gives past the end

// The value of this key in the object, as it is written there; the last one where there are several, null where there
// is none. Keys compare as they are written, so "n\u0061me" is not "name".
export function field(json: string, key: string): string | null {
  let found: string | null = null;
  let at = skipSpace(json, 0);
  if (json.charCodeAt(at) != OPEN_BRACE) return null;
  do {
    const name = skipSpace(json, at + 1);
    if (json.charCodeAt(name) != QUOTE) return found;
    const nameEnd = skipString(json, name);
    const colon = skipSpace(json, nameEnd);
    if (json.charCodeAt(colon) != COLON) return found;
    const value = skipSpace(json, colon + 1);
    const valueEnd = skipValue(json, value);
    if (json.substring(name + 1, nameEnd - 1) == key) found = json.substring(value, valueEnd);
    at = skipSpace(json, valueEnd);
  } while (json.charCodeAt(at) == COMMA);
  return found;
}

// What stands between the quotes of a JSON string, escapes and all: valid inside any other JSON string. Null where
// the value is no string.
export function inside(value: string | null): string | null {
  if (value === null || value.length < 2) return null;
  const quoted = value.charCodeAt(0) == QUOTE && value.charCodeAt(value.length - 1) == QUOTE;
  return quoted ? value.substring(1, value.length - 1) : null;
}

// The text that a JSON string stands for; null where the value is no string.
export function text(value: string | null): string | null {
  const escaped = inside(value);
  if (escaped === null) return null;
  const parts: string[] = [];
  let from = 0;
  let escape = escaped.indexOf('\\');
  while (escape >= 0) {
    parts.push(escaped.substring(from, escape));
    const kind = escaped.charAt(escape + 1);
    if (kind == 'u') {
      parts.push(String.fromCharCode(<i32>parseInt(escaped.substring(escape + 2, escape + 6), 16)));
      from = escape + 6;
    } else {
      parts.push(control(kind));
      from = escape + 2;
    }
    escape = escaped.indexOf('\\', from);
  }
  parts.push(escaped.substring(from));
  return parts.join('');
}

// This text as a JSON string, quoted and escaped.
export function quote(text: string): string {
  const parts: string[] = ['"'];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= SPACE && code != QUOTE && code != BACKSLASH) continue;
    parts.push(text.substring(from, i));
    parts.push(code < SPACE ? '\\u' + code.toString(16).padStart(4, '0') : '\\' + text.charAt(i));
    from = i + 1;
  }
  parts.push(text.substring(from));
  parts.push('"');
  return parts.join('');
}

function control(kind: string): string {
  if (kind == 'b') return '\b';
  if (kind == 'f') return '\f';
  if (kind == 'n') return '\n';
  if (kind == 'r') return '\r';
  if (kind == 't') return '\t';
  return kind; // a quote, a backslash or a slash
}

function skipSpace(json: string, start: i32): i32 {
  let at = start;
  while (isSpace(json.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: i32): bool {
  return code == SPACE || code == TAB || code == LINE_FEED || code == CARRIAGE_RETURN;
}

// Past the string that starts here, or the end where it is cut off.
function skipString(json: string, start: i32): i32 {
  let at = start + 1;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code == QUOTE) return at + 1;
    at += code == BACKSLASH ? 2 : 1;
  }
  return json.length;
}

// Past the value that starts here. A counter stands in for recursion: nesting costs no stack.
function skipValue(json: string, start: i32): i32 {
  let at = start;
  let depth = 0;
  do {
    const code = json.charCodeAt(at);
    if (code == NOTHING) return json.length;
    if (code == QUOTE) {
      at = skipString(json, at);
    } else if (code == OPEN_BRACE || code == OPEN_BRACKET) {
      depth++;
      at++;
    } else if (code == CLOSE_BRACE || code == CLOSE_BRACKET) {
      if (depth == 0) return at;
      depth--;
      at++;
    } else if (depth > 0) {
      at++;
    } else {
      return skipPlain(json, at);
    }
  } while (depth > 0);
  return at;
}

// Past the number, true, false or null that starts here.
function skipPlain(json: string, start: i32): i32 {
  let at = start;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (isSpace(code) || code == COMMA || code == CLOSE_BRACE || code == CLOSE_BRACKET) return at;
    at++;
  }
  return at;
}
