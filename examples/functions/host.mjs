// A small host for functions, for check.mjs: runs as a worker thread, so that a function that never ends can be
// ended. Every call gets a new instance. It is not the platform: no limits, and HTTP answers are made up.
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { parentPort } from 'node:worker_threads';

const DEFAULT_RESPONSE_BYTES = 1024;
const EMPTY_VECTOR = 16; // a pointer below this is a Rust function's empty vector
const EMPTY_VECTOR_RESPONSE_BYTES = 65536;
const utf8 = new TextDecoder('utf-8', { fatal: true });

parentPort.on('message', (call) => parentPort.postMessage(run(call)));

// Answers {answer}, {failed} or {trapped}, each a text, with the function's log. The folder is for the files that
// stand in for standard input, output and error.
function run({ file, input, folder, env, responses, responseBytes }) {
  const module = new WebAssembly.Module(readFileSync(file));
  const command = WebAssembly.Module.exports(module).some((each) => each.name === '_start');
  const path = (name) => join(folder, name);
  writeFileSync(path('in'), command ? input : '');
  const stdin = openSync(path('in'), 'r');
  const stdout = openSync(path('out'), 'w');
  const stderr = openSync(path('err'), 'w');
  const wasi = new WASI({ version: 'preview1', env, stdin, stdout, stderr, returnOnExit: true });
  const host = new Host(Buffer.from(input), responses ?? {}, responseBytes);
  const log = () => host.lines.join('') + readFileSync(path('err'), 'utf8');
  try {
    const own = { fl_imps: host.imports(), env: host.assemblyScript() };
    const instance = new WebAssembly.Instance(module, { ...wasi.getImportObject(), ...own });
    host.memory = instance.exports.memory;
    if (command) {
      const code = wasi.start(instance);
      const answer = readFileSync(path('out'), 'utf8');
      return code === 0 ? { answer, log: log() } : { failed: `exit code ${code}`, log: log() };
    }
    wasi.initialize(instance);
    const code = instance.exports.__invoke(host.input.length);
    return code === 0 ? { answer: host.response, log: log() } : { failed: host.error, log: log() };
  } catch (error) {
    return { trapped: host.error ?? error.message, log: log() };
  } finally {
    [stdin, stdout, stderr].forEach(closeSync);
  }
}

// What a function imports from fl_imps.
class Host {
  lines = [];
  response; // undefined until the function answers
  error;

  constructor(input, responses, responseBytes) {
    this.input = input;
    this.responses = responses;
    this.responseBytes = responseBytes;
  }

  imports() {
    return {
      __get_input_data: (to) => this.bytes(to, this.input.length).set(this.input),
      __insert_response: (at, length) => (this.response = this.text(at, length)),
      __insert_error: (at, length) => (this.error = this.text(at, length)),
      __console_log: (at, length) => this.lines.push(this.text(at, length) + '\n'),
      __http_request: (...request) => this.http(...request),
    };
  }

  // What AssemblyScript's compiler imports.
  assemblyScript() {
    const print = (text) => this.lines.push(this.utf16(text) + '\n');
    const abort = (message, file, line, column) => {
      this.lines.push(`abort: ${this.utf16(message)} in ${this.utf16(file)}:${line}:${column}\n`);
      throw new Error('aborted');
    };
    const trace = (message, count, ...numbers) => {
      const shown = numbers.slice(0, count).join(', ');
      this.lines.push(`trace: ${this.utf16(message)}${shown && ' '}${shown}\n`);
    };
    const consoles = ['log', 'debug', 'info', 'warn', 'error'].map((each) => [`console.${each}`, print]);
    const clocks = { 'Date.now': Date.now, 'performance.now': () => performance.now() };
    return { abort, trace, seed: Math.random, ...Object.fromEntries(consoles), ...clocks };
  }

  // The AssemblyScript string at this address; its length in bytes is in front of it.
  utf16(at) {
    if (at === 0) return '';
    const length = new DataView(this.memory.buffer).getUint32((at >>> 0) - 4, true);
    return new TextDecoder('utf-16le').decode(this.bytes(at, length));
  }

  // The made-up answer for "METHOD url", or a failure where there is none or it does not fit.
  http(to, lengthTo, statusTo, method, url, urlLength, headers, headersLength, body, bodyLength) {
    const key = `${['GET', 'POST', 'PUT', 'DELETE'][method]} ${this.text(url, urlLength)}`;
    this.text(headers, headersLength);
    this.bytes(body, bodyLength);
    const capacity =
      this.responseBytes ?? (to >>> 0 < EMPTY_VECTOR ? EMPTY_VECTOR_RESPONSE_BYTES : DEFAULT_RESPONSE_BYTES);
    let { status, body: answer } = this.responses[key] ?? { status: 0, body: Buffer.alloc(0) };
    if (answer.length > capacity) {
      status = 0;
      answer = Buffer.alloc(0);
    }
    this.bytes(to, answer.length).set(answer);
    const view = new DataView(this.memory.buffer);
    view.setUint32(lengthTo >>> 0, answer.length, true);
    view.setUint16(statusTo >>> 0, status, true);
  }

  text(at, length) {
    return utf8.decode(this.bytes(at, length));
  }

  // These bytes of the function's memory; a RangeError where they are not all in it.
  bytes(at, length) {
    return new Uint8Array(this.memory.buffer, at >>> 0, length >>> 0);
  }
}
