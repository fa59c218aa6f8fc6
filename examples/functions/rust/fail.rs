//! {"message": "text"} -> fails with that text, or with one of its own.
mod funless;
mod json;

funless::function!(fail);

fn fail(input: &str) -> Result<String, String> {
    let message = json::field(input, "message").and_then(json::text);
    Err(message.unwrap_or_else(|| "This function always fails.".to_string()))
}
