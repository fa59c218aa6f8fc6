//! {"url": "http://..."} -> {"status": 200, "body": "..."}; status 0 where the request failed.
//!
//! Takes up to 64 KiB when uploaded with the metadata {"http_response_bytes": 65536}, otherwise 1024 bytes.
mod funless;
mod json;

funless::function!(fetch);

fn fetch(input: &str) -> Result<String, String> {
    let url = json::field(input, "url").and_then(json::text).ok_or("The input has no \"url\".")?;
    let response = funless::request(funless::Method::Get, &url, "", b"", 65536);
    let body = json::quote(&String::from_utf8_lossy(&response.body));
    Ok(format!("{{\"status\": {}, \"body\": {body}}}", response.status))
}
