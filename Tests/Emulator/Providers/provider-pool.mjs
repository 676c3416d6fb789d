// Runs the AWS provider for the Terraform commands of all sandboxes. Terraform connects to it as to a provider under a debugger:
// https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli-with-tf_reattach_providers
//
// Each connection has a provider for itself, because a provider has one configuration at a time; when it closes, the next one gets that
// provider, of whichever sandbox. The schema is answered from memory, only with the types that the stack has used so far: Terraform would
// spend two to four seconds of processor time on the schema of all 1,500 types in each command. SCHEMA_FOLDER keeps the whole schema for
// later runs.
//
//   node provider-pool.mjs SCHEMA_FOLDER     writes the port for terraform-pooled to standard output, and ends when standard input ends
import { spawn } from 'node:child_process';
import {
  existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import http2 from 'node:http2';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { filterSchema, unframe, frame } from './schema.mjs';

const GET_SCHEMA = '/tfplugin5.Provider/GetSchema';
const SOURCE = 'registry.terraform.io/hashicorp/aws';
// A provider has about 300 MB, and a new one starts in a second.
const IDLE_MILLISECONDS = 60_000;

const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
const folder = mkdtempSync(join(tmpdir(), 'infra-providers-'));
const running = new Set();
const idle = [];
const servers = new Map();
const typesOfStack = new Map();
let started = 0;
let wholeSchema;
// Installed by the first init of a sandbox.
let program;

async function start() {
  const proxy = await Proxy.start();
  const credentials = new Credentials(join(folder, `provider-${++started}`));
  const child = spawn(program, ['-debug'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...environment, GOGC: '400', NO_PROXY: '', no_proxy: '', ...proxy.variables, ...credentials.variables },
  });
  const provider = { child, proxy, credentials };
  running.add(provider);
  child.on('exit', () => {
    running.delete(provider);
    if (idle.includes(provider)) idle.splice(idle.indexOf(provider), 1);
    proxy.close();
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the provider ended with ${code}`)));
    child.on('error', reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line);
      if (found) resolve(Object.assign(provider, { socket: Object.values(JSON.parse(found[1]))[0].Addr.String }));
    });
  });
}

/**
 * The proxy of one provider: leads requests of services that are addressed by account to the emulator of the sandbox that the provider
 * works for now.
 */
class Proxy {
  #open = new Set();
  #target;
  variables;

  static async start() {
    const proxy = new Proxy();
    const server = createServer((socket) => {
      if (!proxy.#target) return socket.destroy();
      const emulator = connect(proxy.#target.port, proxy.#target.hostname);
      for (const [one, other] of [[socket, emulator], [emulator, socket]]) {
        proxy.#open.add(one);
        one.on('error', () => other.destroy()).on('close', () => proxy.#open.delete(one)).pipe(other);
      }
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${server.address().port}`;
    proxy.variables = { HTTP_PROXY: url, http_proxy: url };
    proxy.close = () => server.close();
    return proxy;
  }

  leadTo(url) {
    // The provider keeps connections open, and they still lead to the emulator before.
    for (const socket of this.#open) socket.destroy();
    this.#target = url && new URL(url);
  }
}

/**
 * The credentials of one provider. The profile of a role's session reads them from the environment by a command that the SDK runs with
 * the first `sh` of PATH (Operations/Emulator/EmulatorProfiles.cs), and the environment of a running provider cannot be changed.
 */
class Credentials {
  #file;

  constructor(home) {
    mkdirSync(home);
    this.#file = join(home, 'session');
    writeFileSync(join(home, 'sh'), `#!/bin/sh\n. '${this.#file}'\nexec /bin/sh "$@"\n`, { mode: 0o755 });
    this.variables = { PATH: `${home}:${environment.PATH}` };
  }

  set({ id, secret, token }) {
    writeFileSync(this.#file, `export AWS_ACCESS_KEY_ID='${id}' AWS_SECRET_ACCESS_KEY='${secret}' AWS_SESSION_TOKEN='${token}'\n`);
  }
}

async function take(session) {
  const provider = idle.pop() ?? await start();
  clearTimeout(provider.timer);
  provider.proxy.leadTo(session.proxy);
  provider.credentials.set(session);
  return provider;
}

function give(provider) {
  if (provider.child.exitCode !== null) return;
  provider.proxy.leadTo(undefined);
  idle.push(provider);
  provider.timer = setTimeout(() => {
    idle.splice(idle.indexOf(provider), 1);
    provider.child.kill();
  }, IDLE_MILLISECONDS);
}

function open(provider) {
  return new Promise((resolve, reject) => {
    const client = http2.connect('http://provider', {
      createConnection: () => connect(provider.socket),
      settings: { initialWindowSize: 1 << 24 },
    });
    client.on('connect', () => resolve(client));
    client.on('error', reject);
  });
}

/** The schema of all types, asked for once. */
function schema(session) {
  wholeSchema ??= (async () => {
    // The name contains the version: terraform-provider-aws_v5.100.0_x5.
    const kept = join(process.argv[2], `${basename(program)}-${statSync(program).size}`);
    if (existsSync(kept)) return readFileSync(kept);
    const answer = await askForSchema(session);
    mkdirSync(process.argv[2], { recursive: true });
    // Renamed, because another sandbox may read or write it at the same time.
    const written = `${kept}.${process.pid}`;
    writeFileSync(written, answer);
    renameSync(written, kept);
    return answer;
  })();
  return wholeSchema;
}

async function askForSchema(session) {
  const provider = await take(session);
  const client = await open(provider);
  const request = client.request({ ':method': 'POST', ':path': GET_SCHEMA, 'content-type': 'application/grpc', te: 'trailers' });
  request.end(frame(Buffer.alloc(0)));
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  client.close();
  give(provider);
  return unframe(Buffer.concat(chunks));
}

/** The provider that init has installed in a stack folder; undefined if the stack uses none. */
function providerIn(stackFolder) {
  const installed = join(stackFolder, '.terraform', 'providers', ...SOURCE.split('/'));
  if (!existsSync(installed)) return undefined;
  const [version] = readdirSync(installed);
  const platform = realpathSync(join(installed, version, readdirSync(join(installed, version))[0]));
  return join(platform, readdirSync(platform).find((file) => file.startsWith('terraform-provider-')));
}

const attached = (path) => JSON.stringify({
  [SOURCE]: { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: { Network: 'unix', String: path } },
});

/** Value of TF_REATTACH_PROVIDERS for a command in a folder; empty if Terraform has to start the provider itself. */
async function reattach(command, stackFolder, proxy, id, secret, token) {
  const file = join(stackFolder, 'cdk.tf.json');
  // Where it was downloaded, it is deleted with its sandbox.
  if (!program || !existsSync(program)) program = providerIn(stackFolder);
  if (!program || !existsSync(file)) return '';
  // init installs no provider that is attached, and does not connect to it.
  if (command === 'init') return attached(folder);
  const json = JSON.parse(readFileSync(file, 'utf8'));
  // The emulator of the sandbox has its states. Types that are no longer in the configuration can still be in the state.
  const stack = `${proxy} ${basename(stackFolder)}`;
  const types = typesOfStack.get(stack) ?? new Set();
  typesOfStack.set(stack, types);
  for (const type of [...Object.keys(json.resource ?? {}), ...Object.keys(json.data ?? {})]) types.add(type);
  const key = JSON.stringify([proxy, id, ...[...types].sort()]);
  if (!servers.has(key)) servers.set(key, serve({ proxy, id, secret, token }, types));
  return attached(await servers.get(key));
}

async function serve(session, types) {
  const path = join(folder, `${servers.size}`);
  const answer = frame(filterSchema(await schema(session), new Set(types)));
  const server = http2.createServer({ settings: { initialWindowSize: 1 << 24 } });
  server.on('session', (connection) => {
    let opened;
    connection.upstream = () => (opened ??= take(session).then(async (provider) => ({ provider, client: await open(provider) })));
    connection.requests = 0;
    connection.on('error', () => {});
    connection.on('close', async () => {
      const found = await opened?.catch(() => undefined);
      if (!found) return;
      const { provider, client } = found;
      client.destroy();
      // Terraform was killed: nobody may get a provider that still works for it.
      if (connection.requests > 0) provider.child.kill();
      else give(provider);
    });
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    if (headers[':path'] === GET_SCHEMA) respond(stream, answer);
    else if (headers[':path'].startsWith('/plugin.')) {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' }, { endStream: true });
    }
    else {
      forward(stream, headers).catch((error) => {
        process.stderr.write(`${error.stack}\n`);
        stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
      });
    }
  });
  return new Promise((resolve) => server.listen(path, () => resolve(path)));
}

function respond(stream, body) {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.resume();
  stream.end(body);
}

async function forward(stream, headers) {
  const connection = stream.session;
  connection.requests++;
  const body = [];
  stream.on('data', (chunk) => body.push(chunk));
  const whole = new Promise((resolve) => stream.on('end', resolve));
  const { client } = await connection.upstream();
  await whole;
  // Terraform cancels requests when it is interrupted.
  if (stream.destroyed) {
    connection.requests--;
    return;
  }
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  const request = client.request({ ':method': 'POST', ':path': headers[':path'], ...Object.fromEntries(kept) });
  stream.on('close', () => request.close());
  request.on('error', () => {});
  request.on('close', () => {
    if (!stream.writableEnded) stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  });
  request.on('response', (answer, flags) => {
    if (stream.destroyed) return;
    const sent = Object.fromEntries(Object.entries(answer).filter(([name]) => name === ':status' || !name.startsWith(':')));
    if (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) {
      connection.requests--;
      stream.respond(sent, { endStream: true });
      return;
    }
    let trailers = {};
    request.on('trailers', (received) => { trailers = Object.fromEntries(Object.entries(received)); });
    stream.respond(sent, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    request.on('data', (chunk) => stream.write(chunk));
    request.on('end', () => {
      connection.requests--;
      stream.end();
    });
  });
  request.end(Buffer.concat(body));
}

const control = createServer((socket) => {
  const lines = [];
  socket.on('error', () => {});
  createInterface({ input: socket }).on('line', async (line) => {
    if (lines.push(line) < 6) return;
    try {
      socket.end(`${await reattach(...lines)}\n`);
    } catch (error) {
      // terraform-pooled fails without an answer.
      process.stderr.write(`${error.stack}\n`);
      socket.destroy();
    }
  });
});
control.listen(0, '127.0.0.1', () => process.stdout.write(`${control.address().port}\n`));

function stop() {
  for (const provider of running) provider.child.kill();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.stdin.on('end', stop).resume();
process.on('SIGTERM', stop);
