//! A WASI command that answers what the JSON document on its standard input holds, as json.c does.
use std::io::{Read, Write};
use std::sync::atomic::{AtomicU32, Ordering};

/// 1 in every call that is isolated.
static MEMORY_CALLS: AtomicU32 = AtomicU32::new(0);

const NESTING: u32 = 64;

enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\t' | b'\r') {
            self.at += 1;
        }
    }

    fn due(&mut self, byte: u8) -> Result<(), String> {
        self.blanks();
        match self.next() {
            found if found == byte => Ok(()),
            _ => Err(format!("{} is due before byte {}", byte as char, self.at)),
        }
    }

    fn value(&mut self, nesting: u32) -> Result<Value, String> {
        if nesting > NESTING {
            return Err("nested too deeply".to_string());
        }
        self.blanks();
        match self.peek() {
            b'{' => self.object(nesting),
            b'[' => self.array(nesting),
            b'"' => Ok(Value::Text(self.text()?)),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, nesting: u32) -> Result<Value, String> {
        let mut members = Vec::new();
        self.due(b'{')?;
        self.blanks();
        if self.peek() == b'}' {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.blanks();
            let key = self.text()?;
            self.due(b':')?;
            members.push((key, self.value(nesting + 1)?));
            self.blanks();
            match self.next() {
                b'}' => return Ok(Value::Object(members)),
                b',' => {}
                _ => return Err("a comma is due".to_string()),
            }
        }
    }

    fn array(&mut self, nesting: u32) -> Result<Value, String> {
        let mut elements = Vec::new();
        self.due(b'[')?;
        self.blanks();
        if self.peek() == b']' {
            self.at += 1;
            return Ok(Value::Array(elements));
        }
        loop {
            elements.push(self.value(nesting + 1)?);
            self.blanks();
            match self.next() {
                b']' => return Ok(Value::Array(elements)),
                b',' => {}
                _ => return Err("a comma is due".to_string()),
            }
        }
    }

    fn word(&mut self, name: &str, value: Value) -> Result<Value, String> {
        if self.bytes[self.at..].starts_with(name.as_bytes()) {
            self.at += name.len();
            Ok(value)
        } else {
            Err("an unknown word".to_string())
        }
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        while matches!(self.peek(), b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
            self.at += 1;
        }
        std::str::from_utf8(&self.bytes[start..self.at])
            .ok()
            .and_then(|text| text.parse().ok())
            .map(Value::Number)
            .ok_or_else(|| "a bad number".to_string())
    }

    fn text(&mut self) -> Result<String, String> {
        let mut decoded = Vec::new();
        self.due(b'"')?;
        loop {
            match self.next() {
                b'"' => return String::from_utf8(decoded).map_err(|_| "no UTF-8".to_string()),
                b'\\' => self.escape(&mut decoded)?,
                byte if byte < 0x20 => return Err("a control character in a string".to_string()),
                byte => decoded.push(byte),
            }
        }
    }

    fn escape(&mut self, decoded: &mut Vec<u8>) -> Result<(), String> {
        let byte = match self.next() {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.escaped_character(decoded),
            same @ (b'"' | b'\\' | b'/') => same,
            _ => return Err("a bad escape".to_string()),
        };
        decoded.push(byte);
        Ok(())
    }

    fn escaped_character(&mut self, decoded: &mut Vec<u8>) -> Result<(), String> {
        let digits = self.bytes.get(self.at..self.at + 4).unwrap_or(&[]);
        let character = std::str::from_utf8(digits)
            .ok()
            .and_then(|text| u32::from_str_radix(text, 16).ok())
            .and_then(char::from_u32)
            .ok_or_else(|| "a bad escape".to_string())?;
        self.at += 4;
        decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }
}

struct Facts {
    objects: u32,
    arrays: u32,
    strings: u32,
    bytes: usize,
    hash: u32,
    numbers: u32,
    hundredths: i64,
    trues: u32,
    nulls: u32,
    depth: u32,
}

impl Facts {
    fn text(&mut self, text: &str) {
        self.strings += 1;
        self.bytes += text.len();
        for byte in text.bytes() {
            self.hash = (self.hash ^ u32::from(byte)).wrapping_mul(16_777_619);
        }
    }

    fn gather(&mut self, value: &Value, depth: u32) {
        match value {
            Value::Null => self.nulls += 1,
            Value::Bool(yes) => self.trues += u32::from(*yes),
            Value::Number(number) => {
                self.numbers += 1;
                self.hundredths += (number * 100.0 + if *number < 0.0 { -0.5 } else { 0.5 }) as i64;
            }
            Value::Text(text) => self.text(text),
            Value::Array(elements) => {
                self.arrays += 1;
                self.depth = self.depth.max(depth + 1);
                for element in elements {
                    self.gather(element, depth + 1);
                }
            }
            Value::Object(members) => {
                self.objects += 1;
                self.depth = self.depth.max(depth + 1);
                for (key, member) in members {
                    self.text(key);
                    self.gather(member, depth + 1);
                }
            }
        }
    }
}

fn answer(document: &[u8]) -> Result<String, String> {
    let mut reader = Reader { bytes: document, at: 0 };
    let value = reader.value(0)?;
    reader.blanks();
    if reader.at != document.len() {
        return Err("more than one value".to_string());
    }
    let mut facts = Facts {
        objects: 0,
        arrays: 0,
        strings: 0,
        bytes: 0,
        hash: 2_166_136_261,
        numbers: 0,
        hundredths: 0,
        trues: 0,
        nulls: 0,
        depth: 0,
    };
    facts.gather(&value, 0);
    Ok(format!(
        "{{\"memory\":{},\"objects\":{},\"arrays\":{},\"strings\":{},\"bytes\":{},\"hash\":{},\"numbers\":{},\
         \"hundredths\":{},\"trues\":{},\"nulls\":{},\"depth\":{}}}",
        MEMORY_CALLS.fetch_add(1, Ordering::Relaxed) + 1,
        facts.objects,
        facts.arrays,
        facts.strings,
        facts.bytes,
        facts.hash,
        facts.numbers,
        facts.hundredths,
        facts.trues,
        facts.nulls,
        facts.depth
    ))
}

fn main() {
    let mut document = Vec::new();
    let read = std::io::stdin().read_to_end(&mut document).map_err(|error| error.to_string());
    match read.and_then(|_| answer(&document)) {
        Ok(json) => std::io::stdout().write_all(json.as_bytes()).expect("the answer is written"),
        Err(why) => {
            eprint!("{}", why);
            std::process::exit(1);
        }
    }
}
