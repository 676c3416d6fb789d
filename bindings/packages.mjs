// Updates the feed: compares the required packages with the existing ones and builds the difference.
import fs from 'node:fs';
import path from 'node:path';
import { cutPackage } from './cut.mjs';
import { has, publish } from './feed.mjs';
import { fingerprint, toolSources } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { modulesFor, namespaces, providerModules } from './modules.mjs';
import { pack, prepareScratch } from './pack.mjs';
import { placesFor } from './paths.mjs';
import { Problem } from './problem.mjs';
import { runnerTo } from './processes.mjs';
import { published } from './published.mjs';
import { packRuntime } from './runtime.mjs';
import { usagesOf } from './usages.mjs';
import { checkCentralVersions, installedVersions, made } from './versions.mjs';

const provider = 'HashiCorp.Cdktf.Providers.Aws';

/**
 * Updates the feed; does nothing if it is up to date.
 * @param {string} root folder of the repository
 * @param {{ stock?: boolean, force?: boolean, say?: (line: string) => void }} options `stock`: the full packages, in a separate feed
 * @throws {Problem} what the user has to fix
 */
export function build(root, { stock = false, force = false, say = console.log } = {}) {
  const places = placesFor(root, stock ? 'stock' : 'cut');
  const usages = stock ? new Map() : usagesOf(root);
  const plan = (versions) => planOf(places, versions, [...usages.keys()]);
  const upToDate = () => {
    const versions = installedVersions(root);
    return !force && versions !== undefined && plan(versions).every((step) => isCurrent(places, step));
  };
  if (upToDate()) return;

  withLock(places.lock, (line) => say(`bindings: ${line}`), () => {
    // Another process may have updated it while this one waited.
    if (upToDate()) return;
    fs.rmSync(places.log, { force: true });
    const run = runnerTo(places.log);
    if (!installedVersions(root)) {
      say('bindings: installing npm packages');
      run('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], root);
    }
    const versions = installedVersions(root);
    if (!versions) throw new Problem({ where: 'package-lock.json:1', text: 'npm ci installs other versions than package.json names; run npm install' });
    checkCentralVersions(fs.readFileSync(path.join(root, 'Directory.Packages.props'), 'utf8'), versions);

    // Wrong names are reported before anything is built.
    const modules = stock ? [] : wantedModules(places, usages, versions[provider]);
    prepareScratch(places);
    for (const step of plan(versions)) {
      if (!force && isCurrent(places, step)) continue;
      const started = Date.now();
      // If interrupted from here on, the package has no fingerprint, instead of the outdated one.
      remember(places, { ...step, fingerprint: undefined });
      const what = stock ? makeStock(places, run, step) : makeCut(places, run, step, modules);
      remember(places, step);
      say(`bindings: ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    }
  });
}

/** Sources of this tool that affect the content of packages. */
function makersOf(id) {
  if (id === 'Amazon.JSII.Runtime') return /^runtime[./]/;
  return id === provider ? /^(cut|pack)\.mjs$/ : /^pack\.mjs$/;
}

/** The required packages, each with the fingerprint of its inputs, in build order. */
function planOf(places, versions, names) {
  const sources = toolSources(places.tools);
  return made.map(({ id, npm }) => {
    const tools = sources.filter(([name]) => makersOf(id).test(name));
    const from = { flavour: places.flavour, versions, tools, names: id === provider ? names : [] };
    return { id, version: versions[id], npm, fingerprint: fingerprint(from) };
  });
}

function isCurrent(places, { id, version, fingerprint }) {
  return readState(places)[id] === fingerprint && has(places, id, version);
}

function remember(places, { id, fingerprint }) {
  fs.writeFileSync(places.state, `${JSON.stringify({ ...readState(places), [id]: fingerprint }, null, 2)}\n`);
}

function readState(places) {
  return fs.existsSync(places.state) ? JSON.parse(fs.readFileSync(places.state, 'utf8')) : {};
}

function wantedModules(places, usages, version) {
  const named = modulesFor(usages, providerModules(places.npm).keys(), namespaces(places.npm), `@cdktf/provider-aws ${version}`);
  // A package without modules cannot be compiled, and every stack configures its provider.
  return [...new Set([...named, 'provider'])].sort();
}

function makeCut(places, run, { id, version, npm }, modules) {
  if (id === 'Amazon.JSII.Runtime') return packRuntime(places, run, version);
  if (id !== provider) {
    pack(places, run, { id, version, from: path.join(places.npm, npm) });
    return `${id} ${version}`;
  }
  const cut = path.join(places.scratch, 'npm/provider-aws');
  const taken = cutPackage(path.join(places.npm, npm), cut, modules);
  pack(places, run, { id, version, from: cut });
  return `${id} ${version}, cut to ${taken.length} modules`;
}

function makeStock(places, run, { id, version, npm }) {
  const file = published(places, run, id, version);
  if (file) {
    publish(places, id, version, file);
    return `${id} ${version} from nuget.org`;
  }
  pack(places, run, { id, version, from: path.join(places.npm, npm) });
  return `${id} ${version}, whole`;
}
