// A WASI command: what it reads decides what it does.
const buffer = new ArrayBuffer(1024);
const length = process.stdin.read(buffer);
const word = String.UTF8.decode(buffer.slice(0, length));

process.stderr.write(`read ${length}\n`);
if (word == 'greet') {
  const name = process.env.get('GREETING');
  process.stdout.write(`["${name}", "${process.argv.join(' ')}", ${process.stdin.read(buffer)}]`);
} else if (word == 'seeds') {
  process.stdout.write(`[${Math.random()}, ${Math.random()}]`);
} else if (word == 'clocks') {
  process.stdout.write(`[${Date.now()}, ${performance.now()}]`);
} else if (word == 'exit') {
  process.exit(7);
} else {
  assert(false, `no such word: ${word}`);
}
