#!/usr/bin/env node
// Takes away one used permission at a time and shows that a test fails without it.
//
//   node Tests/Emulator/mutate-permissions.mjs [--record FOLDER] [--count N] [--seed N] [--parallel N] [--only TEXT]
//
//   --record FOLDER   what a full test run recorded; default .infra/used-permissions
//   --count N         permissions to take away, spread over kinds of roles; default 60; 0: all
//   --seed N          another sample of the same size; default 1
//   --parallel N      mutations at once; default 1
//   --only TEXT       only permissions whose line contains the text
//
// The tests have to be built (./infra test --fast builds them). One mutation is one test run of the fixture that used the permission, one to three
// minutes on two cores. It counts as detected when a test fails and the local AWS has refused the role that action. Exit code 0: all were
// detected; 1: some were not; 2: wrong usage.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const assembly = join(root, 'Tests', 'bin', 'Debug', 'net10.0', 'Infra.Tests.dll');

const defaults = { record: join(root, '.infra', 'used-permissions'), count: '60', seed: '1', parallel: '1', only: '' };
const options = { ...defaults };
for (let i = 2; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, '');
  if (!(name in defaults) || process.argv[i + 1] === undefined) {
    console.error(`unknown or incomplete argument '${process.argv[i]}'; available: ${Object.keys(defaults).map((each) => `--${each} VALUE`).join(', ')}`);
    process.exit(2);
  }
  options[name] = process.argv[i + 1];
}

// Sandboxes shared by environments are named by the folder of the environment files, others by the test's file: Tests/Emulator/Sandbox.cs.
const deployments = '(FullyQualifiedName~LifecycleTests|FullyQualifiedName~StayingTests)';
const filters = {
  environments: `${deployments}&FullyQualifiedName~environments/local`,
  Environments: `${deployments}&FullyQualifiedName~guarded`,
  ...Object.fromEntries(['awslegalpoc', 'durable-code', 'hoopstat-haus', 'python-frameworks', 'tap']
    .map((system) => [system, `${deployments}&FullyQualifiedName~examples/${system}`])),
  Desk: 'FullyQualifiedName~DeskTests',
  // Services' roles at work there, too.
  'hoopstat-haus': [`(${deployments}&FullyQualifiedName~examples/hoopstat-haus)`, ...['HelloTaskRoleTests', 'BackupRoleTests']
    .map((name) => `FullyQualifiedName~.${name}.`)].join('|'),
};
const filterOf = (sandbox) => filters[sandbox] ?? `FullyQualifiedName~.${sandbox}.`;

// [{ sandbox, role, statement, action }] of all files in a folder, one for each permission; refused requests too when asked for.
function read(folder, allowed) {
  const found = new Map();
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.jsonl'))) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n').filter((text) => text.endsWith('}'))) {
      const each = JSON.parse(line);
      // Statements of AWS's own key policies have a name with spaces; nobody can take them away.
      if (each.allowed !== allowed || !each.role.includes(':role/') || (allowed && !/^\S+$/.test(each.statement ?? ''))) continue;
      const one = { sandbox: dirname(file), role: basename(each.role), statement: each.statement, action: each.action };
      found.set(Object.values(one).join(' '), one);
    }
  }
  return [...found.values()];
}

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const kindOf = (role) => /-(infra-[a-z]+|github-[a-z]+|deploy-[a-z]+|[a-z]+)$/.exec(role)?.[1] ?? role;

// From each kind of role in turn, so that the sample is not mostly about the role with the longest policies.
function sample(permissions, count, seed) {
  const next = random(seed);
  const sizes = new Map();
  for (const { sandbox } of permissions) sizes.set(sandbox, (sizes.get(sandbox) ?? 0) + 1);
  const shuffled = permissions.map((each) => [next(), each]).sort((a, b) => a[0] - b[0]).map(([, each]) => each);
  // The same statement of another environment is the same code: the sandbox that does least shows it soonest.
  const smallest = new Map();
  for (const each of shuffled) {
    const key = `${kindOf(each.role)} ${each.statement.split('/').at(-1)} ${each.action}`;
    if (!smallest.has(key) || sizes.get(each.sandbox) < sizes.get(smallest.get(key).sandbox)) smallest.set(key, each);
  }
  const kinds = new Map();
  for (const each of smallest.values()) kinds.set(kindOf(each.role), [...(kinds.get(kindOf(each.role)) ?? []), each]);
  const chosen = [];
  while (kinds.size > 0 && (count === 0 || chosen.length < count)) {
    for (const [kind, left] of kinds) {
      if (count === 0 || chosen.length < count) chosen.push(left.shift());
      if (left.length === 0) kinds.delete(kind);
    }
  }
  return chosen;
}

function runTests(sandbox, variables) {
  return new Promise((done) => {
    const run = spawn(
      'dotnet', ['test', assembly, '--filter', filterOf(sandbox), '--logger', 'console;verbosity=normal', '--', 'NUnit.StopOnError=true'],
      { cwd: root, env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [run.stdout, run.stderr]) stream.on('data', (data) => (output += data));
    // Not 'close': a local AWS that the test left behind may still hold the streams.
    run.on('exit', (code) => setTimeout(() => done({ code, output }), 500));
  });
}

async function mutate({ sandbox, role, statement, action }) {
  const began = Date.now();
  const record = mkdtempSync(join(tmpdir(), 'infra-mutation-'));
  const { code, output } = await runTests(sandbox, { INFRA_AUTHORIZATION_LOG: record, INFRA_WITHOUT_PERMISSIONS: `${statement} ${action}` });
  const refused = read(record, false).some((each) => each.role === role && each.action === action);
  rmSync(record, { recursive: true });
  const failed = /^\s+Failed (.+?)(?: \[.*)?$/m.exec(output)?.[1];
  const outcome = code === 0 ? 'NOT DETECTED' : refused ? 'detected' : 'FAILED OTHERWISE';
  console.log(`${outcome}: ${statement} ${action} (${sandbox}, ${Math.round((Date.now() - began) / 1000)} s)${failed ? `: ${failed}` : ''}`);
  return outcome;
}

const line = ({ sandbox, statement, action }) => `${sandbox} ${statement} ${action}`;
const permissions = read(resolve(options.record), true).filter((each) => line(each).includes(options.only));
const chosen = sample(permissions, Number(options.count), Number(options.seed));
console.log(`${permissions.length} used permissions, ${chosen.length} to take away`);
const outcomes = [];
const waiting = [...chosen];
await Promise.all(Array.from({ length: Number(options.parallel) }, async () => {
  while (waiting.length > 0) outcomes.push(await mutate(waiting.shift()));
}));
const detected = outcomes.filter((outcome) => outcome === 'detected').length;
console.log(`${detected} of ${outcomes.length} detected`);
process.exit(detected === outcomes.length && outcomes.length > 0 ? 0 : 1);
