// FunLess's host interface for a function written in AssemblyScript. The file that is compiled exports what the
// host calls:
//
//   import { answer, input } from './funless';
//
//   export function __invoke(length: i32): i32 {
//     return answer(input(length));
//   }
//
// The input is JSON (the "args" of the call), the answer has to be JSON too. Return what answer or fail returned.
// One instance runs one call at a time; nothing that a call leaves in a global can be relied on in the next one.
// What is thrown, and a failed assertion, ends the call as failed, with the message in the log.

// The most bytes that the host writes as the answer of an HTTP request: the function's http_response_bytes, which
// are 1024 unless its metadata says otherwise. The host is not told how large the buffer is, so the number given to
// the first request must never be less than what the metadata says.
export const HTTP_RESPONSE_BYTES: i32 = 1024;

export enum Method {
  GET,
  POST,
  PUT,
  DELETE,
}

export class Response {
  constructor(
    public status: i32, // such as 200; 0 where the request failed, was refused, or the body is too long
    public body: ArrayBuffer,
  ) {}
}

export function input(length: i32): string {
  const bytes = new ArrayBuffer(length);
  hostInput(changetype<usize>(bytes));
  return String.UTF8.decode(bytes);
}

// Answers with this JSON.
export function answer(json: string): i32 {
  const bytes = utf8(json);
  hostAnswer(changetype<usize>(bytes), bytes.byteLength);
  return 0;
}

// Fails the call with this text, which the caller is shown.
export function fail(text: string): i32 {
  const bytes = utf8(text);
  hostError(changetype<usize>(bytes), bytes.byteLength);
  return 1;
}

// Writes one line to the function's log.
export function log(line: string): void {
  const bytes = utf8(line);
  hostLog(changetype<usize>(bytes), bytes.byteLength);
}

// Makes an HTTP request. The headers are lines such as "Accept:text/plain\n".
export function request(
  method: Method,
  url: string,
  headers: string = '',
  body: string = '',
  responseBytes: i32 = HTTP_RESPONSE_BYTES,
): Response {
  assert(responseBytes >= HTTP_RESPONSE_BYTES, 'the host writes up to 1024 bytes by default');
  const response = new ArrayBuffer(responseBytes);
  const length = memory.data(4);
  const status = memory.data(2);
  const uri = utf8(url);
  const lines = utf8(headers);
  const sent = utf8(body);
  hostRequest(
    changetype<usize>(response),
    length,
    status,
    method,
    changetype<usize>(uri),
    uri.byteLength,
    changetype<usize>(lines),
    lines.byteLength,
    changetype<usize>(sent),
    sent.byteLength,
  );
  return new Response(load<u16>(status), response.slice(0, load<u32>(length)));
}

// Half a surrogate pair becomes U+FFFD.
function utf8(text: string): ArrayBuffer {
  return String.UTF8.encode(text, false, String.UTF8.ErrorMode.REPLACE);
}

// What the host offers; the functions above wrap it.
@external("fl_imps", "__get_input_data")
declare function hostInput(to: usize): void;

@external("fl_imps", "__insert_response")
declare function hostAnswer(at: usize, length: i32): void;

@external("fl_imps", "__insert_error")
declare function hostError(at: usize, length: i32): void;

@external("fl_imps", "__console_log")
declare function hostLog(at: usize, length: i32): void;

@external("fl_imps", "__http_request")
declare function hostRequest(
  response: usize,
  responseLength: usize,
  status: usize,
  method: i32,
  uri: usize,
  uriLength: i32,
  headers: usize,
  headersLength: i32,
  body: usize,
  bodyLength: i32,
): void;
