// {"url": "http://..."} -> {"status": 200, "body": "..."}; status 0 where the request failed.
//
// Takes up to 64 KiB when uploaded with the metadata {"http_response_bytes": 65536}, otherwise 1024 bytes.
import { answer, fail, input, Method, request } from './funless';
import { field, quote, text } from './json';

const RESPONSE_BYTES = 65536;

export function __invoke(length: i32): i32 {
  const url = text(field(input(length), 'url'));
  if (url === null) return fail('The input has no "url".');
  const response = request(Method.GET, url, '', '', RESPONSE_BYTES);
  return answer(`{"status": ${response.status}, "body": ${quote(String.UTF8.decode(response.body))}}`);
}
