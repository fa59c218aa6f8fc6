// Runs generated modules for V8Reference, one request after the other, until its input ends.
// A request: 'r' (run) or 'v' (valid?), the sizes of module and input (32 bits, little endian), then both.
// An answer: the sizes of end, answer and log, then all three.
'use strict';
const fs = require('fs');

class Exit extends Error {
  constructor(code) {
    super('exit');
    this.code = code;
  }
}

class Skipped extends Error {}

function read(size) {
  const bytes = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    let count = 0;
    try {
      count = fs.readSync(0, bytes, at, size - at, null);
    } catch (e) {
      if (e.code === 'EAGAIN') continue;
      throw e;
    }
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
}

function write(...parts) {
  const sizes = Buffer.alloc(4 * parts.length);
  parts.forEach((part, i) => sizes.writeUInt32LE(part.length, 4 * i));
  const all = Buffer.concat([sizes, ...parts]);
  let at = 0;
  while (at < all.length) {
    try {
      at += fs.writeSync(1, all, at);
    } catch (e) {
      if (e.code !== 'EAGAIN') throw e;
    }
  }
}

function run(module, input) {
  const log = [];
  let answer = Buffer.alloc(0);
  const closed = [false, false, false];
  let taken = 0;
  let instance;
  const bytes = () => {
    // A start function that calls the host does so before there is a memory to be had.
    if (!instance) throw new Skipped();
    return Buffer.from(instance.exports.memory.buffer);
  };
  const copy = (address, size) => {
    const all = bytes();
    if ((address >>> 0) + (size >>> 0) > all.length) throw new WebAssembly.RuntimeError('host pointer');
    return Buffer.from(all.subarray(address >>> 0, (address >>> 0) + (size >>> 0)));
  };
  const imports = {
    fl_imps: {
      __get_input_data: (address) => void input.copy(bytes(), address >>> 0),
      __console_log: (address, size) => void log.push(copy(address, size), Buffer.from('\n')),
      __insert_response: (address, size) => void (answer = copy(address, size)),
    },
    wasi_snapshot_preview1: {
      fd_read: (fd, pieces, count, result) => {
        if (fd !== 0 || closed[0]) return 8;
        const all = bytes();
        const address = all.readUInt32LE(pieces);
        const size = Math.min(all.readUInt32LE(pieces + 4), input.length - taken);
        input.copy(all, address, taken, taken + size);
        taken += size;
        all.writeUInt32LE(size, result);
        return 0;
      },
      fd_write: (fd, pieces, count, result) => {
        if (fd < 1 || fd > 2 || closed[fd]) return 8;
        const all = bytes();
        const part = copy(all.readUInt32LE(pieces), all.readUInt32LE(pieces + 4));
        if (fd === 1) answer = Buffer.concat([answer, part]);
        else log.push(part);
        all.writeUInt32LE(part.length, result);
        return 0;
      },
      fd_close: (fd) => {
        if (fd < 0 || fd > 2 || closed[fd]) return 8;
        closed[fd] = true;
        return 0;
      },
      proc_exit: (code) => {
        throw new Exit(code >>> 0);
      },
    },
  };
  let end = 'answered';
  try {
    const compiled = new WebAssembly.Module(module);
    instance = new WebAssembly.Instance(compiled, imports);
    const { _initialize, __invoke, _start } = instance.exports;
    if (__invoke) {
      if (_initialize) _initialize();
      __invoke(input.length);
    } else {
      _start();
    }
  } catch (e) {
    if (e instanceof Exit) end = e.code === 0 ? 'answered' : 'exit ' + e.code;
    else if (e instanceof Skipped) end = 'skipped';
    else if (e instanceof WebAssembly.RuntimeError || e instanceof RangeError) end = 'trap ' + e.message;
    else end = 'failed ' + e;
  }
  write(Buffer.from(end), end === 'answered' ? answer : Buffer.alloc(0), Buffer.concat(log));
}

function valid(module) {
  let end = 'valid';
  try {
    new WebAssembly.Module(module);
  } catch (e) {
    end = String(e.message);
  }
  write(Buffer.from(end), Buffer.alloc(0), Buffer.alloc(0));
}

for (;;) {
  const head = read(9);
  const module = read(head.readUInt32LE(1));
  const input = read(head.readUInt32LE(5));
  if (head[0] === 'r'.charCodeAt(0)) run(module, input);
  else valid(module);
}
