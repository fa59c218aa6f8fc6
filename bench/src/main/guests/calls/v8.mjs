// Calls of a function on V8, each with a new instance of a module that was compiled once, under the host interface
// that the engine offers; every answer is checked, byte for byte.
//
//   node v8.mjs FOLDER NAME WARM_UP_SECONDS SECONDS
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, name, warmUpSeconds, seconds] = process.argv.slice(2);
const file = (suffix) => join(folder, `${name}.${suffix}`);
const inputs = [];
const answers = [];
while (existsSync(file(`${inputs.length}.in`))) {
  answers.push(readFileSync(file(`${inputs.length}.out`)));
  inputs.push(new Uint8Array(readFileSync(file(`${inputs.length}.in`))));
}
const module = new WebAssembly.Module(readFileSync(file('wasm')));

let input;
let memory;
let answer;
const imports = {
  fl_imps: {
    __get_input_data: (to) => new Uint8Array(memory.buffer, to, input.length).set(input),
    __insert_response: (at, length) => {
      answer = new Uint8Array(memory.buffer, at, length).slice();
    },
    __insert_error: (at, length) => {
      throw new Error(Buffer.from(memory.buffer, at, length).toString());
    },
  },
};

function call(number) {
  input = inputs[number];
  answer = undefined;
  const { exports } = new WebAssembly.Instance(module, imports);
  memory = exports.memory;
  exports._initialize?.();
  if (exports.__invoke(input.length) !== 0 || !answer || Buffer.compare(answers[number], answer) !== 0) {
    throw new Error(`expected ${answers[number]}, but the answer is ${answer && Buffer.from(answer)}`);
  }
}

function run(seconds, record) {
  const end = performance.now() + seconds * 1e3;
  let last = performance.now();
  for (let calls = 0; last < end; calls++) {
    call(calls % inputs.length);
    const now = performance.now();
    record(now - last);
    last = now;
  }
}

run(Number(warmUpSeconds), () => {});
const times = new Float64Array(5_000_000);
let count = 0;
run(Number(seconds), (millis) => {
  if (count < times.length) times[count++] = millis;
});
const sorted = times.subarray(0, count).sort();
const micros = (percent) => (sorted[Math.floor(((count - 1) * percent) / 100)] * 1e3).toFixed(3);
console.log(`result p50=${micros(50)} p99=${micros(99)} calls=${count}`);
