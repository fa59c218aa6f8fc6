//! FunLess's host interface for a function written in Rust. Put this file beside yours, and write:
//!
//! ```
//! mod funless;
//!
//! funless::function!(echo);
//!
//! fn echo(input: &str) -> Result<String, String> {
//!     Ok(input.to_string())
//! }
//! ```
//!
//! The input is JSON (the "args" of the call), the answer has to be JSON too; an error is the text that the
//! caller is shown. A panic fails the call with its message. One instance runs one call at a time; nothing that
//! a call leaves in a static can be relied on in the next one.
#![allow(dead_code)] // a function uses what it needs of this

use std::panic;

mod host {
    #[link(wasm_import_module = "fl_imps")]
    extern "C" {
        pub fn __get_input_data(to: *mut u8);
        pub fn __insert_response(at: *const u8, length: usize);
        pub fn __insert_error(at: *const u8, length: usize);
        pub fn __console_log(at: *const u8, length: usize);
        pub fn __http_request(
            response: *mut u8,
            response_length: *mut u32,
            status: *mut u16,
            method: i32,
            uri: *const u8,
            uri_length: usize,
            headers: *const u8,
            headers_length: usize,
            body: *const u8,
            body_length: usize,
        );
    }
}

/// Makes this `fn(&str) -> Result<String, String>` the function that the host calls.
macro_rules! function {
    ($function:ident) => {
        #[no_mangle]
        pub extern "C" fn __invoke(length: usize) -> i32 {
            crate::funless::run(length, $function)
        }
    };
}
pub(crate) use function;

/// Writes one line to the function's log.
pub fn log(line: &str) {
    unsafe { host::__console_log(line.as_ptr(), line.len()) }
}

#[derive(Clone, Copy)]
pub enum Method {
    Get = 0,
    Post = 1,
    Put = 2,
    Delete = 3,
}

pub struct Response {
    /// Such as 200; 0 where the request failed, was refused, or the body is too long.
    pub status: u16,
    pub body: Vec<u8>,
}

/// The most bytes that the host writes as the answer of a request, unless the function's metadata says otherwise.
pub const DEFAULT_HTTP_RESPONSE_BYTES: usize = 1024;

/// Makes an HTTP request. The headers are lines such as `"Accept:text/plain\n"`; `""` where there are none.
///
/// `response_bytes` is the room for the answer. The host is not told how much that is: it writes up to the
/// function's `http_response_bytes`, so upload the function with this very number as `http_response_bytes` in
/// its metadata, or pass [`DEFAULT_HTTP_RESPONSE_BYTES`] and leave it out there. There is never less than that.
pub fn request(
    method: Method,
    url: &str,
    headers: &str,
    body: &[u8],
    response_bytes: usize,
) -> Response {
    let mut response = vec![0; response_bytes.max(DEFAULT_HTTP_RESPONSE_BYTES)];
    let mut length = 0;
    let mut status = 0;
    unsafe {
        host::__http_request(
            response.as_mut_ptr(),
            &mut length,
            &mut status,
            method as i32,
            url.as_ptr(),
            url.len(),
            headers.as_ptr(),
            headers.len(),
            body.as_ptr(),
            body.len(),
        );
    }
    assert!(length as usize <= response.len(), "the host wrote past the buffer");
    response.truncate(length as usize);
    Response { status, body: response }
}

/// What `function!` makes of a function.
pub fn run(length: usize, function: fn(&str) -> Result<String, String>) -> i32 {
    panic::set_hook(Box::new(|panic| fail(&panic.to_string())));
    let mut input = vec![0; length];
    unsafe { host::__get_input_data(input.as_mut_ptr()) }
    let answer = match std::str::from_utf8(&input) {
        Ok(input) => function(input),
        Err(_) => Err("The input is not UTF-8.".to_string()),
    };
    match answer {
        Ok(json) => {
            unsafe { host::__insert_response(json.as_ptr(), json.len()) }
            0
        }
        Err(text) => {
            fail(&text);
            1
        }
    }
}

fn fail(text: &str) {
    unsafe { host::__insert_error(text.as_ptr(), text.len()) }
}
