// Standard input, output and exit code for a WASI command, on the process of @assemblyscript/wasi-shim.

const PART_BYTES = 65536;

// All of standard input.
export function input(): string {
  let bytes = new ArrayBuffer(PART_BYTES);
  let length = 0;
  while (true) {
    const read = process.stdin.read(bytes, length);
    if (read == 0) return String.UTF8.decode(bytes.slice(0, length));
    length += read;
    if (length == bytes.byteLength) {
      const larger = new ArrayBuffer(2 * length);
      memory.copy(changetype<usize>(larger), changetype<usize>(bytes), length);
      bytes = larger;
    }
  }
}

// Answers with this JSON.
export function answer(json: string): void {
  process.stdout.write(utf8(json));
}

// Fails the call; the text goes to the log. (console.log would write to standard output, which is the answer.)
export function fail(text: string): void {
  process.stderr.write(utf8(text + '\n'));
  process.exit(1);
}

// Half a surrogate pair becomes U+FFFD.
function utf8(text: string): ArrayBuffer {
  return String.UTF8.encode(text, false, String.UTF8.ErrorMode.REPLACE);
}
