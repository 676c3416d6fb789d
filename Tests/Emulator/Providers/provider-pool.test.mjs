import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { frame } from './schema.mjs';

const SOURCE = 'registry.terraform.io/hashicorp/aws';
const ANSWER_MILLISECONDS = 200;
// Answers Plan after a while, and ends with Crash.
const provider = (folder) => `#!/usr/bin/env node
const http2 = require('node:http2');
const path = '${folder}/socket-' + process.pid;
const server = http2.createServer();
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  if (headers[':path'].endsWith('Crash')) process.exit(1);
  const answer = () => {
    if (stream.destroyed) return;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.resume();
    stream.end(Buffer.alloc(5));
  };
  if (headers[':path'].endsWith('Plan')) setTimeout(answer, ${ANSWER_MILLISECONDS});
  else answer();
});
server.listen(path, () => console.log("TF_REATTACH_PROVIDERS='" + JSON.stringify({ '${SOURCE}': { Addr: { String: path } } }) + "'"));
`;

let folder;
let stack;
let program;
let pool;
let port;
let problems = '';

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'infra-pool-test-'));
  stack = join(folder, 'runtime');
  const installed = join(stack, '.terraform', 'providers', ...SOURCE.split('/'), '5.100.0', 'linux_amd64');
  mkdirSync(installed, { recursive: true });
  program = join(installed, 'terraform-provider-aws_v5.100.0_x5');
  writeFileSync(program, provider(folder), { mode: 0o755 });
  writeFileSync(join(stack, 'cdk.tf.json'), '{"resource":{"aws_vpc":{}}}');
  pool = spawn(process.execPath, [join(import.meta.dirname, 'provider-pool.mjs'), join(folder, 'schemas')], { stdio: 'pipe' });
  pool.stderr.on('data', (text) => (problems += text));
  [port] = await once(createInterface({ input: pool.stdout }), 'line');
});

after(async () => {
  pool.stdin.end();
  if (pool.exitCode === null) await once(pool, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

/** What terraform-pooled does before it starts Terraform: the pool's answer, empty if it closes the connection without one. */
async function ask(command) {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write([command, stack, '', 'id', 'secret', '', ''].join('\n'));
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer.trim();
}

/** Connects to a provider as Terraform does. */
async function attach() {
  const path = JSON.parse(await ask('plan'))[SOURCE].Addr.String;
  const client = http2.connect('http://provider', { createConnection: () => connect(path) });
  client.on('error', () => {});
  await once(client, 'connect');
  return client;
}

function call(client, method) {
  const stream = client.request({
    ':method': 'POST', ':path': `/tfplugin5.Provider/${method}`, 'content-type': 'application/grpc', te: 'trailers',
  });
  stream.on('error', () => {});
  stream.end(frame(Buffer.alloc(0)));
  return stream;
}

/** gRPC status of a request, undefined if it has failed. */
async function statusOf(method) {
  const client = await attach();
  const stream = call(client, method);
  let status;
  stream.on('trailers', (trailers) => (status = trailers['grpc-status'])).resume();
  await new Promise((resolve) => stream.on('close', resolve));
  client.close();
  return status;
}

test('a request that Terraform cancels before its answer does not end the pool', async () => {
  const client = await attach();
  const stream = call(client, 'Plan');
  await wait(ANSWER_MILLISECONDS / 2);
  stream.close(http2.constants.NGHTTP2_CANCEL);
  await wait(ANSWER_MILLISECONDS);
  client.close();
  assert.equal(await statusOf('Plan'), '0');
  assert.equal(problems, '');
});

test('a provider that ends during a request fails only that request', async () => {
  assert.equal(await statusOf('Crash'), undefined);
  assert.equal(await statusOf('Plan'), '0');
  assert.equal(problems, '');
});

test('a provider that does not start fails the request, and the reason is on standard error', async () => {
  writeFileSync(program, '#!/bin/sh\nexit 3\n');
  // More requests at once than providers that run.
  const statuses = await Promise.all(Array.from({ length: 5 }, () => statusOf('Plan')));
  assert.ok(statuses.includes(undefined));
  assert.match(problems, /the provider ended with 3/);
  writeFileSync(program, provider(folder));
  assert.equal(await statusOf('Plan'), '0');
});

test('terraform-pooled says that the pool has ended', async () => {
  const environment = { ...process.env, PROVIDER_POOL: '1' };
  const run = spawn(join(import.meta.dirname, 'terraform-pooled'), ['plan'], { env: environment, stdio: 'pipe' });
  let error = '';
  run.stderr.on('data', (text) => (error += text));
  const [code] = await once(run, 'close');
  assert.deepEqual([code, error], [1, 'Error: the pool of providers has ended\n']);
});
