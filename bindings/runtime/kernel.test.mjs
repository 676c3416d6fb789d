import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const kernel = path.join(path.dirname(fileURLToPath(import.meta.url)), 'kernel.js');

/** Runs kernel.js in the folder layout of the runtime, with this program in place of jsii's. */
function run(context, program, input = '') {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kernel-'));
  context.after(() => fs.rmSync(root, { recursive: true }));
  for (const folder of ['bin', 'lib']) fs.mkdirSync(path.join(root, folder));
  fs.copyFileSync(kernel, path.join(root, 'bin/jsii-runtime.js'));
  fs.writeFileSync(path.join(root, 'lib/program.js'), program);
  return spawnSync(process.execPath, [path.join(root, 'bin/jsii-runtime.js')], { input, encoding: 'utf8' });
}

const printed = ({ stderr }) => stderr.trim().split('\n').map((line) => Object.entries(JSON.parse(line))[0]).map(([name, text]) => [name, Buffer.from(text, 'base64').toString()]);

test('kernel: messages on descriptor 3 are standard input and output', (context) => {
  const echo = `const fs = require('fs'); const b = Buffer.alloc(64); const n = fs.readSync(3, b, 0, 64, null); fs.writeSync(3, b.subarray(0, n), 0);`;
  const result = run(context, echo, '{"api":"stats"}\n');
  assert.equal(result.stdout, '{"api":"stats"}\n');
  assert.equal(result.stderr, '');
});

test('kernel: what is printed does not get between the messages', (context) => {
  const result = run(context, `console.log('out'); console.error('err ä'); require('fs').writeSync(3, Buffer.from('message\\n'), 0);`);
  assert.equal(result.stdout, 'message\n');
  assert.deepEqual(printed(result), [['stdout', 'out\n'], ['stderr', 'err ä\n']]);
});

test('kernel: its own log, written to descriptor 2 from an offset, is printed whole', (context) => {
  const write = `const fs = require('fs'); const b = Buffer.from('log line\\n'); for (let at = 0; at < b.length;) at += fs.writeSync(process.stderr.fd ?? 2, b, at);`;
  assert.deepEqual(printed(run(context, write)), [['stderr', 'log line\n']]);
});

test('kernel: the end of input ends it', (context) => {
  const read = `const n = require('fs').readSync(3, Buffer.alloc(8), 0, 8, null); process.exit(n === 0 ? 7 : 1);`;
  assert.equal(run(context, read).status, 7);
});

test('kernel: an error that nobody catches ends it and is told', (context) => {
  const result = run(context, `throw new Error('broken');`);
  assert.notEqual(result.status, 0);
  assert.match(result.stderr, /Error: broken/);
});
