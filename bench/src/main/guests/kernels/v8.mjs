// V8's side of the kernels: takes lines "NUMBER KERNEL REPETITIONS", answers each with
// "answer NUMBER NANOSECONDS CHECKSUM". A line is one call, with a new instance of a module compiled once.
//
//   node v8.mjs MODULE
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const answers = /^\{"checksum":"(\d+)","memory":1,"global":1}$/;

function call(text) {
  const input = Buffer.from(text);
  let answer = '';
  const bytes = (at, length) => Buffer.from(exports.memory.buffer, at, length);
  const imports = {
    fl_imps: {
      __get_input_data: (to) => bytes(to, input.length).set(input),
      __insert_response: (at, length) => {
        answer = bytes(at, length).toString();
      },
      __insert_error: (at, length) => {
        throw new Error(bytes(at, length).toString());
      },
    },
  };
  const { exports } = new WebAssembly.Instance(module, imports);
  exports._initialize?.();
  if (exports.__invoke(input.length) !== 0) throw new Error(`failed: ${text}`);
  return answer;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [, number, rest] = /^(\d+) (.*)$/.exec(line);
  const start = process.hrtime.bigint();
  const answer = call(`"${rest}"`);
  const nanos = process.hrtime.bigint() - start;
  const found = answers.exec(answer);
  if (!found) throw new Error(`a wrong answer: ${answer}`);
  console.log(`answer ${number} ${nanos} ${found[1]}`);
}
