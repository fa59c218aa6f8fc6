#!/usr/bin/env node
// Runs every example function on a few inputs, with Node 20 or newer, and checks what it answers.
//
//   examples/functions/check.mjs                          all of them
//   examples/functions/check.mjs my.wasm '{"name": "x"}'  one of yours: prints its answer and its log
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { cases } from './cases.mjs';

const DEADLINE_MS = 20_000;
const modules = new URL('wasm/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'functions-'));
let worker;

// Runs one call; {deadline} where it does not end in time, and then its thread is ended.
async function run(call) {
  worker ??= new Worker(new URL('host.mjs', import.meta.url), { execArgv: ['--no-warnings'] });
  worker.postMessage({ ...call, folder });
  try {
    const [result] = await once(worker, 'message', { signal: AbortSignal.timeout(call.deadlineMs ?? DEADLINE_MS) });
    return result;
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    await worker.terminate();
    worker = undefined;
    return { deadline: true };
  }
}

async function checkAll() {
  const untested = new Set(readdirSync(modules).filter((name) => name.endsWith('.wasm')));
  let count = 0;
  let wrong = 0;
  for (const { name, input, expect, ...options } of cases()) {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    const result = await run({ file: fileURLToPath(new URL(name, modules)), input: text, ...options });
    count++;
    untested.delete(name);
    try {
      expect(result);
    } catch (error) {
      wrong++;
      console.error(`${name} ${text.slice(0, 200)}\n  gave ${JSON.stringify(result).slice(0, 500)}\n  ${error.message}\n`);
    }
  }
  assert.deepEqual([...untested], [], 'modules without a case');
  console.log(`${count} calls, ${wrong} wrong`);
  return wrong === 0;
}

async function runOne(file, input) {
  const { answer, failed, trapped, deadline, log = '' } = await run({ file, input, env: process.env });
  process.stderr.write(log);
  if (answer !== undefined) {
    JSON.parse(answer);
    console.log(answer);
    return true;
  }
  if (failed !== undefined) console.error(`failed: ${failed}`);
  else if (trapped !== undefined) console.error(`trapped: ${trapped}`);
  else console.error(deadline ? `did not end in ${DEADLINE_MS / 1000} seconds` : 'gave no answer');
  return false;
}

const [file, input = '{}'] = process.argv.slice(2);
try {
  process.exitCode = (file === undefined ? await checkAll() : await runOne(file, input)) ? 0 : 1;
} finally {
  await worker?.terminate();
  rmSync(folder, { recursive: true });
}
