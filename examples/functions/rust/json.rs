//! As much JSON as a small function needs: reading a field of the input without building a tree, and quoting
//! text for an answer. Reading trusts that the host gives valid JSON; of anything else it makes something or
//! other, but never fails.
#![allow(dead_code)] // a function uses what it needs of this

/// The value of this key in the object, as it is written there; the last one where there are several. Keys
/// compare as they are written, so `"n\u0061me"` is not `"name"`.
pub fn field<'a>(json: &'a str, key: &str) -> Option<&'a str> {
    let bytes = json.as_bytes();
    let mut found = None;
    let mut at = skip_space(bytes, 0);
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    loop {
        let name = skip_space(bytes, at + 1);
        if bytes.get(name) != Some(&b'"') {
            return found;
        }
        let name_end = skip_string(bytes, name);
        let colon = skip_space(bytes, name_end);
        if bytes.get(colon) != Some(&b':') {
            return found;
        }
        let value = skip_space(bytes, colon + 1);
        let value_end = skip_value(bytes, value);
        if inside(&json[name..name_end]) == Some(key) {
            found = Some(&json[value..value_end]);
        }
        at = skip_space(bytes, value_end);
        if bytes.get(at) != Some(&b',') {
            return found;
        }
    }
}

/// What stands between the quotes of a JSON string, escapes and all: valid inside any other JSON string.
pub fn inside(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}

/// The text that a JSON string stands for; half a surrogate pair becomes U+FFFD.
pub fn text(value: &str) -> Option<String> {
    let mut rest = inside(value)?;
    let mut text = String::new();
    while let Some(escape) = rest.find('\\') {
        text.push_str(&rest[..escape]);
        rest = &rest[escape + 1..];
        let kind = rest.chars().next()?;
        rest = &rest[kind.len_utf8()..];
        text.push(match kind {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let high = hex4(rest)?;
                rest = &rest[4..];
                let low = rest.strip_prefix("\\u").and_then(hex4).unwrap_or(0);
                if (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low) {
                    rest = &rest[6..];
                    char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))?
                } else {
                    char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
            }
            other => other, // a quote, a backslash or a slash
        });
    }
    text.push_str(rest);
    Some(text)
}

/// This text as a JSON string, quoted and escaped.
pub fn quote(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\0'..='\x1f' => {
                let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
                json.push_str("\\u00");
                json.extend([digit(c as u32 >> 4), digit(c as u32 & 15)]);
            }
            _ => json.push(c),
        }
    }
    json.push('"');
    json
}

fn hex4(text: &str) -> Option<u32> {
    text.get(..4)?.chars().try_fold(0, |value, c| Some(value << 4 | c.to_digit(16)?))
}

fn skip_space(json: &[u8], mut at: usize) -> usize {
    while matches!(json.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Past the string that starts here, or the end where it is cut off.
fn skip_string(json: &[u8], mut at: usize) -> usize {
    loop {
        at += 1;
        match json.get(at) {
            None => return json.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 1,
            Some(_) => {}
        }
    }
}

/// Past the value that starts here. A counter stands in for recursion: nesting costs no stack.
fn skip_value(json: &[u8], mut at: usize) -> usize {
    let mut depth = 0;
    loop {
        match json.get(at) {
            None => return json.len(),
            Some(b'"') => at = skip_string(json, at),
            Some(b'{' | b'[') => {
                depth += 1;
                at += 1;
                continue;
            }
            Some(b'}' | b']' | b',' | b' ' | b'\t' | b'\n' | b'\r') if depth == 0 => return at,
            Some(b'}' | b']') => {
                depth -= 1;
                at += 1;
            }
            Some(_) => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return at;
        }
    }
}
