import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { has, publish } from './feed.mjs';
import { fingerprint, toolSources } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { placesFor, repository } from './paths.mjs';
import { sourcesWithFeed, sourcesWithoutFeed } from './sources.mjs';
import { checkCentralVersions } from './versions.mjs';

function temporary(context) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'bindings-'));
  context.after(() => fs.rmSync(root, { recursive: true }));
  return root;
}

test('fingerprint: the same for the same content in another order of keys, another for other modules', () => {
  assert.equal(fingerprint({ a: 1, b: ['x'] }), fingerprint({ b: ['x'], a: 1 }));
  assert.notEqual(fingerprint({ names: ['Vpc'] }), fingerprint({ names: ['Vpc', 'Eip'] }));
});

test('toolSources: what makes packages counts; tests and comparisons do not', () => {
  const names = toolSources(path.join(repository, 'bindings')).map(([name]) => name);
  assert.ok(names.includes('cut.mjs') && names.includes('runtime/OverrideScan.cs'));
  assert.ok(!names.some((name) => name.endsWith('.test.mjs') || name.startsWith('compare/')));
});

test('publish: replaces the package and what NuGet unpacked of it, and leaves longer ids alone', (context) => {
  const root = temporary(context);
  const places = placesFor(root);
  const unpacked = path.join(places.packages, 'hashicorp.cdktf/0.21.0');
  fs.mkdirSync(unpacked, { recursive: true });
  fs.mkdirSync(places.feed, { recursive: true });
  for (const name of ['HashiCorp.Cdktf.0.20.0.nupkg', 'HashiCorp.Cdktf.Providers.Aws.20.1.0.nupkg']) fs.writeFileSync(path.join(places.feed, name), '');
  const made = path.join(root, 'made.nupkg');
  fs.writeFileSync(made, 'new');

  publish(places, 'HashiCorp.Cdktf', '0.21.0', made);
  assert.ok(has(places, 'HashiCorp.Cdktf', '0.21.0'));
  assert.deepEqual(fs.readdirSync(places.feed).sort(), ['HashiCorp.Cdktf.0.21.0.nupkg', 'HashiCorp.Cdktf.Providers.Aws.20.1.0.nupkg']);
  assert.ok(!fs.existsSync(unpacked));
});

test('checkCentralVersions: tells where the solution asks for another version than npm installed', () => {
  const props = '<Project>\n<PackageVersion Include="Constructs" Version="10.4.1" />\n<PackageVersion Include="NUnit" Version="4.0.0" />\n</Project>';
  assert.doesNotThrow(() => checkCentralVersions(props, { Constructs: '10.4.1' }));
  assert.throws(() => checkCentralVersions(props, { Constructs: '10.4.2' }), /^Error: Directory\.Packages\.props:2  Constructs 10\.4\.1: package\.json has constructs 10\.4\.2/);
});

test('sources: the repository’s own, with the feed at its place or without it', () => {
  assert.match(sourcesWithFeed(repository, '/feed'), /key="bindings" value="\/feed"/);
  assert.doesNotMatch(sourcesWithoutFeed(repository), /bindings|<package /);
  assert.match(sourcesWithoutFeed(repository), /key="nuget\.org"/);
});

test('withLock: takes over a lock whose holder has ended, and leaves none behind', (context) => {
  const lock = path.join(temporary(context), 'lock');
  fs.writeFileSync(lock, '2147483646');
  assert.equal(withLock(lock, assert.fail, () => fs.readFileSync(lock, 'utf8')), String(process.pid));
  assert.ok(!fs.existsSync(lock));
});

test('withLock: leaves none behind after a failure', (context) => {
  const lock = path.join(temporary(context), 'lock');
  assert.throws(() => withLock(lock, assert.fail, () => { throw new Error('broken'); }), /broken/);
  assert.ok(!fs.existsSync(lock));
});
