//! {"message": "text"} -> fails: says so on standard error, and exits with a code other than 0.
mod json;

use std::io::{self, Read};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut input = String::new();
    if io::stdin().read_to_string(&mut input).is_err() {
        input.clear();
    }
    let message = json::field(&input, "message").and_then(json::text);
    eprintln!("{}", message.as_deref().unwrap_or("This function always fails."));
    ExitCode::FAILURE
}
