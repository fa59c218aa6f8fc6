// The calls that check.mjs makes: module, input, and what has to come of it.
import assert from 'node:assert/strict';

const LANGUAGES = ['c', 'rust', 'assemblyscript', 'wat'];
const KINDS = ['', '-wasi'];

const answers = (json) => (result) => assert.deepEqual(parsed(result), json);
const fails = (text) => (result) => assert.deepEqual(result.failed, text);
const traps = (pattern) => (result) => assert.match(result.trapped ?? '', pattern);

function parsed(result) {
  assert.ok(result.answer !== undefined, 'no answer');
  return JSON.parse(result.answer);
}

export function* cases() {
  for (const language of LANGUAGES) {
    for (const kind of KINDS) {
      const module = (name) => `${name}-${language}${kind}.wasm`;
      yield* hello(module('hello'));
      yield* echo(module('echo'));
      yield* fail(module('fail'), language, kind);
    }
    yield* fetching(`fetch-${language}.wasm`, language);
  }
  yield* picking();
  yield* misbehaving();
}

/** The policy: what it is asked, and whom it picks. */
function* picking() {
  const worker = (name, tag, calls, memory = 1000) => ({ name, tag, memory_available_bytes: memory, calls });
  const workers = [worker('a', 'cpu', 1), worker('b "2"', 'gpu', 3), worker('c', 'gpu', 2), worker('d', 'gpu', 0, 99)];
  const picked = (configuration, of, expected) => ({
    name: 'picker.wasm',
    input: { configuration, workers: of, function: { name: 'f', capacity_bytes: 100 } },
    expect: answers(expected),
  });
  const none = { worker: null, reason: 'The picker found no worker with that tag and enough memory.' };
  yield picked({}, workers, { worker: 'a' });
  yield picked({ tag: 'gpu' }, workers, { worker: 'c' });
  yield picked({ tag: 'gpu' }, workers.slice(1, 2), { worker: 'b "2"' });
  yield picked({ tag: 'tpu' }, workers, none);
  yield picked({}, [], none);
}

function* hello(name) {
  const names = ['x', '', 'Zoë 😀', 'a "quoted" one', 'C:\\dir\\', 'line\nbreak\t\u0001', '\\', '"'];
  names.push('x'.repeat(300_000));
  for (const each of names) yield { name, input: { name: each }, expect: answers({ payload: `Hello ${each}!` }) };
  const texts = {
    '{}': 'World',
    ' \n{ "a" : [1, {"b": "}]"}] ,\t"name" \r\n: "x" , "c": -1.5e3 } ': 'x',
    '{"a": "name", "name": "x"}': 'x',
    '{"foo\\"name": "y"}': 'World',
    '{"name": 5}': 'World',
    '{"name": null, "other": "y"}': 'World',
    '{"names": "y"}': 'World',
    '{"name": "\\u0041\\ud83d\\ude00\\/"}': 'A😀/',
    '[]': 'World',
    '"name"': 'World',
    '5': 'World',
  };
  for (const [input, greeted] of Object.entries(texts)) {
    yield { name, input, expect: answers({ payload: `Hello ${greeted}!` }) };
  }
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  yield { name, input: `{"a": ${deep}, "name": "x"}`, expect: answers({ payload: 'Hello x!' }) };
  // What is no JSON may give anything, but never a trap.
  const whole = '{"a": ["\\"", {}], "name": "\\u00e9\\\\"}';
  for (let length = 0; length < whole.length; length++) {
    yield { name, input: whole.slice(0, length), expect: (result) => assert.equal(result.trapped, undefined) };
  }
}

function* echo(name) {
  const inputs = ['{}', '{"a": [1, "é\\n😀", null]}', JSON.stringify({ text: 'y'.repeat(1_000_000) })];
  for (const input of inputs) yield { name, input, expect: (result) => assert.equal(result.answer, input) };
}

function* fail(name, language, kind) {
  const own = 'This function always fails.';
  const texts = { '{}': own };
  if (language !== 'wat') {
    texts['{"message": "no \\"luck\\"\\n\\u00e9\\ud83d\\ude00 \\ud83d \\/\\b"}'] = 'no "luck"\né😀 \ufffd /\b';
    texts['{"message": 5}'] = own;
  }
  for (const [input, text] of Object.entries(texts)) {
    const expect = (result) => {
      if (kind === '') return fails(text)(result);
      fails('exit code 1')(result);
      assert.equal(result.log, text + '\n');
    };
    yield { name, input, expect };
  }
}

function* fetching(name, language) {
  const responses = Object.fromEntries(
    Object.entries({
      plain: [200, 'it works'],
      empty: [204, ''],
      escapes: [404, 'a "b" \\ \n\u0001\u007f'],
      unicode: [200, 'é😀\u2028'],
      broken: [200, Buffer.from([0x61, 0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x62])],
      full: [200, '\u0001'.repeat(1024)],
      long: [200, 'z'.repeat(1025)],
      most: [200, 'z'.repeat(65536)],
    }).map(([path, [status, body]]) => [`GET http://made.up/${path}`, { status, body: Buffer.from(body) }]),
  );
  const url = (path) => ({ url: `http://made.up/${path}` });
  const calls = [
    ['plain', 200, 'it works'],
    ['empty', 204, ''],
    ['escapes', 404, 'a "b" \\ \n\u0001\u007f'],
    ['unicode', 200, language === 'wat' ? '?????????' : 'é😀\u2028'],
    ['full', 200, '\u0001'.repeat(1024)],
    ['long', 0, ''],
    ['nowhere', 0, ''],
  ];
  for (const [path, status, body] of calls) {
    yield { name, responses, input: url(path), expect: answers({ status, body }) };
  }
  // AssemblyScript's library makes characters even of what is no UTF-8.
  const replaced = language === 'assemblyscript' ? /^a.+b$/ : /^a[?\ufffd]{4,9}b$/;
  yield {
    name,
    responses,
    input: url('broken'),
    expect: (result) => assert.match(parsed(result).body, replaced),
  };
  for (const input of ['{}', '{"url": 5}', '{"url": ["http://made.up/plain"]}']) {
    const expect = (result) => assert.match(result.failed, /^The input has no (plain )?"url"\.$/);
    yield { name, responses, input, expect };
  }
  const escaped = '{"url": "http:\\/\\/made.up\\u002fplain"}';
  const expect =
    language === 'wat' ? fails('The input has no plain "url".') : answers({ status: 200, body: 'it works' });
  yield { name, responses, input: escaped, expect };
  if (language !== 'wat') {
    const body = 'z'.repeat(65536);
    yield { name, responses, responseBytes: 65536, input: url('most'), expect: answers({ status: 200, body }) };
  }
}

function* misbehaving() {
  yield { name: 'spin.wasm', input: {}, deadlineMs: 500, expect: (result) => assert.ok(result.deadline) };
  yield { name: 'recurse.wasm', input: {}, expect: traps(/call stack/) };
  yield { name: 'trap.wasm', input: {}, expect: traps(/unreachable/) };
  yield { name: 'outofbounds.wasm', input: {}, expect: traps(/out of bounds/) };
  for (const by of ['answer', 'log', 'http']) {
    yield { name: 'outofbounds.wasm', input: { by }, expect: traps(/Invalid typed array length/) };
  }
  yield {
    name: 'grow.wasm',
    input: {},
    expect: (result) => assert.ok(parsed(result).pages > 100 && parsed(result).pages <= 65536),
  };
  const notJson = (result) => assert.throws(() => parsed(result), SyntaxError);
  yield { name: 'badjson.wasm', input: {}, expect: notJson };
  yield {
    name: 'noanswer.wasm',
    input: {},
    expect: (result) => assert.deepEqual(result, { answer: undefined, log: '' }),
  };
  for (const bytes of [2, 3, 70_000, 5_000_000]) {
    const expect = (result) => assert.equal(parsed(result).length, bytes - 2);
    yield { name: 'big.wasm', input: { bytes }, expect };
  }
  for (const input of [{}, { bytes: 1 }, { bytes: -5 }, { bytes: 2 ** 31 }]) {
    yield { name: 'big.wasm', input, expect: fails('"bytes" has to be a number from 2 to 1073741824.') };
  }
  for (const n of [0, 1, 1000]) yield { name: 'crunch.wasm', input: { n }, expect: answers({ checksum: checksum(n) }) };
  yield { name: 'crunch.wasm', input: {}, expect: answers({ checksum: checksum(1_000_000) }) };
  yield { name: 'crunch.wasm', input: { n: 2 ** 33 }, expect: fails('"n" has to be at most 4294967296.') };
  for (const name of ['logs.wasm', 'logs-wasi.wasm']) {
    yield { name, input: {}, expect: logs(3) };
    yield { name, input: { lines: 0 }, expect: logs(0) };
    yield { name, input: { lines: 1000 }, expect: logs(1000) };
  }
  for (const [name, end] of [['print.wasm', '\n'], ['print-wasi.wasm', '']]) {
    const text = 'a "b" \\ é\n\tc\u0001';
    const printed = (result) => assert.equal(result.log, text + end);
    const expect = (result) => {
      answers({})(result);
      printed(result);
    };
    yield { name, input: { text }, expect };
    for (const then of ['fail', 'trap']) yield { name, input: { text, then }, expect: printed };
    const spins = (result) => assert.ok(result.deadline);
    yield { name, input: { text, then: 'spin' }, deadlineMs: 500, expect: spins };
  }
  for (const name of ['sleep.wasm', 'sleep-wasi.wasm']) {
    const start = performance.now();
    const expect = (result) => {
      answers({ slept_ms: 200 })(result);
      assert.ok(performance.now() - start >= 200);
    };
    yield { name, input: { ms: 200 }, expect };
  }
  const env = { NAME: 'a "b" \\ é' };
  yield { name: 'env-wasi.wasm', env, input: { name: 'NAME' }, expect: answers({ value: env.NAME }) };
  yield { name: 'env-wasi.wasm', env, input: { name: 'PATH' }, expect: answers({ value: null }) };
  yield { name: 'env-wasi.wasm', env, input: {}, expect: answers({ value: null }) };
}

function logs(lines) {
  const log = Array.from({ length: lines }, (_, i) => `line ${i + 1}\n`).join('');
  return (result) => {
    answers({ lines })(result);
    assert.equal(result.log, log);
  };
}

// What crunch computes.
function checksum(rounds) {
  let x = 2463534242 | 0;
  let sum = 0;
  for (let i = 0; i < rounds; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    sum = (sum + x) | 0;
  }
  return sum >>> 0;
}
