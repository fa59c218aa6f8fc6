//! {"name": "x"} on standard input -> {"payload": "Hello x!"} on standard output
mod json;

use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let name = json::field(&input, "name").and_then(json::inside).unwrap_or("World");
    write!(io::stdout(), "{{\"payload\": \"Hello {name}!\"}}")
}
