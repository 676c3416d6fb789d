// Builds the program with each variant of the packages.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from '../packages.mjs';
import { placesFor } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { runnerTo } from '../processes.mjs';
import { installedVersions } from '../versions.mjs';

const runtimeFile = 'Amazon.JSII.Runtime.dll';

/** The program as it is shipped: cut packages, shortened runtime. */
export function shipped(root) {
  build(root);
  return { name: 'cut, shortened runtime', program: compile(root, 'cut') };
}

/** Cut packages with jsii's runtime as published; none if the shipped variant already uses it. */
export function withPublishedRuntime(root) {
  const places = placesFor(root);
  const version = installedVersions(root)['Amazon.JSII.Runtime'];
  const published = path.join(places.scratch, 'published/amazon.jsii.runtime', version, 'lib/net6.0', runtimeFile);
  const bin = path.dirname(shipped(root).program);
  if (!fs.existsSync(published) || fs.readFileSync(published).equals(fs.readFileSync(path.join(bin, runtimeFile)))) return undefined;
  const copy = path.join(root, '.infra/compare/published-runtime');
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(bin, copy, { recursive: true });
  fs.copyFileSync(published, path.join(copy, runtimeFile));
  return { name: 'cut, published runtime', program: path.join(copy, 'Infra.dll') };
}

/** The same sources with the full packages. */
export function stock(root) {
  build(root, { stock: true });
  return { name: 'stock packages', program: compile(root, 'stock') };
}

/** Command line for synthesizing an environment with a variant. */
export function synthesis({ program }, environment, out) {
  return ['dotnet', program, 'synth', '--env', environment, '--out', out];
}

/** Synthesizes once; shows the program's output if it fails. */
export function synthesize(root, variant, environment, out) {
  fs.rmSync(out, { recursive: true, force: true });
  const [command, ...args] = synthesis(variant, environment, out);
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: quiet() });
  if (result.status !== 0) throw new Problem({ text: `synthesis with ${variant.name} failed:\n${result.stdout}${result.stderr}` });
}

/** Environment variables for a synthesis: without warnings about Node's version in the output. */
export function quiet() {
  return { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0] };
}

function compile(root, flavour) {
  const run = runnerTo(path.join(root, '.infra/compare/log.txt'));
  const stock = flavour === 'stock';
  run(`Compiling Infra.csproj with the ${flavour} packages`, 'dotnet',
    ['build', 'Infra.csproj', '-maxcpucount:1', '-verbosity:quiet', '-property:BindingsReady=true', `-property:StockBindings=${stock}`], root);
  return path.join(root, stock ? '.infra/stock/bin/Infra' : 'bin', 'Debug/net10.0/Infra.dll');
}
