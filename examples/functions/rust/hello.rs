//! {"name": "x"} -> {"payload": "Hello x!"}
mod funless;
mod json;

funless::function!(hello);

fn hello(input: &str) -> Result<String, String> {
    let name = json::field(input, "name").and_then(json::inside).unwrap_or("World");
    Ok(format!("{{\"payload\": \"Hello {name}!\"}}"))
}
