#!/usr/bin/env node
// Removes one used permission at a time and shows that a test fails without it.
//
//   node Tests/Emulator/mutate-permissions.mjs [--record FOLDER] [--count N] [--seed N] [--parallel N] [--only TEXT] [--results FILE]
//
//   --record FOLDER   record of a full test run; default .infra/used-permissions
//   --count N         number of permissions to remove, spread over kinds of roles; default 60; 0: all
//   --seed N          another sample of the same size; default 1
//   --parallel N      mutations at once; default 1
//   --only TEXT       only permissions whose line contains the text
//   --results FILE    results, one JSON object per line; default .infra/permission-mutations.jsonl. Permissions that were detected before are skipped, so that
//                     the same command continues an interrupted run; delete the file to start again
//
// The tests must be built (./infra test --fast builds them). One mutation is one test run of the fixture that used the permission, until its first
// failure: one to five minutes on two cores, most of it waiting, so that --parallel 6 is faster. It counts as detected if a test fails and the local
// AWS denied that action. Exit code 0: all were detected; 1: some were not; 2: wrong usage. Needs Linux.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const assembly = join(root, 'Tests', 'bin', 'Debug', 'net10.0', 'Infra.Tests.dll');

const defaults = { record: join(root, '.infra', 'used-permissions'), count: '60', seed: '1', parallel: '1', only: '', results: join(root, '.infra', 'permission-mutations.jsonl') };
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
  WorkflowRunner: 'FullyQualifiedName~WorkflowRunnerTests',
  // Layers are published there by the delivery role.
  'python-frameworks': `(${deployments}&FullyQualifiedName~examples/python-frameworks)|FullyQualifiedName~.PythonFrameworksDeployedTests.`,
  // Service roles are used there, too.
  'hoopstat-haus': [`(${deployments}&FullyQualifiedName~examples/hoopstat-haus)`, ...['HelloTaskRoleTests', 'BackupRoleTests']
    .map((name) => `FullyQualifiedName~.${name}.`)].join('|'),
};
// They take the longest: used only for permissions that no other test uses.
const slow = ['TrialTests', 'WorkflowRunner'];
const filterOf = (sandbox) => filters[sandbox] ?? `FullyQualifiedName~.${sandbox}.`;

// [{ sandbox, role, statement, action }] of all files in a folder, one for each permission; optionally also denied requests.
function read(folder, allowed) {
  const found = new Map();
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.jsonl'))) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n').filter((text) => text.endsWith('}'))) {
      const each = JSON.parse(line);
      // Statements of AWS managed key policies have names with spaces; they cannot be removed.
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

// From each kind of role in turn, so that the sample is not dominated by the role with the longest policies.
function sample(permissions, count, seed) {
  const next = random(seed);
  const sizes = new Map();
  for (const { sandbox } of permissions) sizes.set(sandbox, (sizes.get(sandbox) ?? (slow.includes(sandbox) ? permissions.length : 0)) + 1);
  const shuffled = permissions.map((each) => [next(), each]).sort((a, b) => a[0] - b[0]).map(([, each]) => each);
  // The same statement of another environment is the same code: the smallest sandbox shows it fastest.
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

const failure = (output) => /^\s+Failed (.+?)(?: \[.*)?$/m.exec(output)?.[1];

// Every process that a test run started inherits the variable with its record folder, also one with its own session (the local AWS).
function endAll(record) {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${id}/environ`, 'utf8').includes(`\0INFRA_AUTHORIZATION_LOG=${record}`)) process.kill(Number(id), 'SIGKILL');
    } catch (error) {
      // It has ended meanwhile, or it belongs to another user.
      if (!['ENOENT', 'EACCES', 'ESRCH'].includes(error.code)) throw error;
    }
  }
}

function runTests(sandbox, record, permission) {
  return new Promise((done) => {
    const run = spawn(
      'dotnet', ['test', assembly, '--filter', filterOf(sandbox), '--logger', 'console;verbosity=normal', '--', 'NUnit.StopOnError=true'],
      { cwd: root, env: { ...process.env, INFRA_AUTHORIZATION_LOG: record, INFRA_WITHOUT_PERMISSIONS: permission }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [run.stdout, run.stderr]) {
      stream.on('data', (data) => {
        output += data;
        // Other fixtures would continue to run.
        if (failure(output)) run.kill();
      });
    }
    // Not 'close': processes that the test left running may still hold the streams.
    run.on('exit', (code) => setTimeout(() => done({ code, output }), 500));
  });
}

async function mutate({ sandbox, role, statement, action }) {
  const began = Date.now();
  const record = mkdtempSync(join(tmpdir(), 'infra-mutation-'));
  const { code, output } = await runTests(sandbox, record, `${statement} ${action}`);
  // Of any role: plan and apply share policies, and the first one that needs the permission is denied.
  const refused = read(record, false).some((each) => each.action === action);
  endAll(record);
  await new Promise((done) => setTimeout(done, 1000));
  rmSync(record, { recursive: true });
  const failed = failure(output);
  const outcome = code === 0 ? 'NOT DETECTED' : refused && failed ? 'detected' : 'FAILED OTHERWISE';
  const seconds = Math.round((Date.now() - began) / 1000);
  appendFileSync(options.results, `${JSON.stringify({ sandbox, role, statement, action, outcome, seconds, test: failed })}\n`);
  console.log(`${outcome}: ${statement} ${action} (${sandbox}, ${seconds} s)${failed ? `: ${failed}` : ''}`);
}

const line = ({ sandbox, statement, action }) => `${sandbox} ${statement} ${action}`;
const key = ({ statement, action }) => `${statement} ${action}`;
const outcomes = () => existsSync(options.results) ? readFileSync(options.results, 'utf8').split('\n').filter(Boolean).map((text) => JSON.parse(text)) : [];
const detected = () => new Set(outcomes().filter(({ outcome }) => outcome === 'detected').map(key));

mkdirSync(dirname(options.results), { recursive: true });
const permissions = read(resolve(options.record), true).filter((each) => line(each).includes(options.only));
const chosen = sample(permissions, Number(options.count), Number(options.seed));
const before = detected();
const waiting = chosen.filter((each) => !before.has(key(each)));
console.log(`${permissions.length} used permissions, ${chosen.length} to remove, ${chosen.length - waiting.length} of them detected before`);
await Promise.all(Array.from({ length: Number(options.parallel) }, async () => {
  while (waiting.length > 0) await mutate(waiting.shift());
}));
const found = detected();
const count = chosen.filter((each) => found.has(key(each))).length;
console.log(`${count} of ${chosen.length} detected`);
process.exit(count === chosen.length && count > 0 ? 0 : 1);
