// A FunLess function that does what the first word of its input says, with what the language itself offers.

@external("fl_imps", "__get_input_data")
declare function getInput(to: usize): void;

@external("fl_imps", "__insert_response")
declare function insertResponse(at: usize, length: i32): void;

// Runs when the module is started.
const squares = new Map<i32, i32>();
for (let i = 0; i < 100; i++) squares.set(i, i * i);
let calls = 0;

export function __invoke(length: i32): i32 {
  const bytes = new ArrayBuffer(length);
  getInput(changetype<usize>(bytes));
  const words = String.UTF8.decode(bytes).split(' ');
  const word = words[0];
  calls++;
  if (word == 'text') return answer(`"${words.slice(1).reverse().join(' ').toUpperCase()}"`);
  if (word == 'state') return answer(`[${calls}, ${squares.get(99)}, ${squares.size}]`);
  if (word == 'print') return answer(print());
  if (word == 'trace') return answer(traced());
  if (word == 'random') return answer(`[${Math.random()}, ${Math.random()}]`);
  if (word == 'clocks') return answer(`[${Date.now()}, ${performance.now()}, ${performance.now()}]`);
  if (word == 'garbage') return answer(garbage().toString());
  if (word == 'throw') throw new Error('no luck 😀');
  if (word == 'assert') assert(words.length > 1, 'one word more');
  if (word == 'index') return squares.get(words.length * 100);
  if (word == 'null') return answer(nothing(words)!);
  throw new Error(`no such word: ${word}`);
}

function answer(json: string): i32 {
  const bytes = String.UTF8.encode(json);
  insertResponse(changetype<usize>(bytes), bytes.byteLength);
  return 0;
}

function print(): string {
  console.log('log é😀');
  console.debug('debug');
  console.info('');
  console.warn('warn');
  console.error('error');
  return '1';
}

function traced(): string {
  trace('none');
  trace('some', 3, 1, -2.5, 1e300);
  trace('all', 5, 1, 2, 3, 4, NaN);
  return '2';
}

// Far more than the memory of a call holds, so that the collector has to give it back.
function garbage(): i64 {
  let sum: i64 = 0;
  for (let i = 0; i < 20_000; i++) {
    const part = new Array<i32>(1_000);
    part[i % 1_000] = i;
    sum += part[i % 1_000];
  }
  return sum;
}

function nothing(words: string[]): string | null {
  return words.length > 1 ? words[1] : null;
}
