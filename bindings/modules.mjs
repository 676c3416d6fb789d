// Maps the namespaces in the sources to the modules of the npm package.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { nearest } from './nearest.mjs';
import { Problem } from './problem.mjs';
import { providerNamespace } from './usages.mjs';

const exported = /^exports\.(\w+) = require\("\.\/([\w-]+)"\);$/gm;

/** Modules of a package's `lib/index.js`, name to folder: `s3Bucket` → `s3-bucket`. */
export function modulesIn(indexText) {
  return new Map([...indexText.matchAll(exported)].map(([, name, folder]) => [name, folder]));
}

/** Modules of the provider package that npm installed. */
export function providerModules(npm) {
  return modulesIn(fs.readFileSync(path.join(npm, '@cdktf/provider-aws/lib/index.js'), 'utf8'));
}

/** The namespace that jsii-pacmak generates for a module; uses jsii-pacmak's own function, so that both always agree. */
export function namespaces(npm) {
  const { toPascalCase } = createRequire(path.join(npm, 'jsii-pacmak/package.json'))('codemaker');
  return toPascalCase;
}

/**
 * The modules behind the namespaces, sorted.
 * @param {Map<string, string>} usages namespace → place of its first use
 * @param {Iterable<string>} modules all available modules
 * @param {(module: string) => string} toNamespace
 * @param {string} packageName for the finding: `@cdktf/provider-aws 20.1.0`
 * @throws {Problem} one finding for each namespace without a module
 */
export function modulesFor(usages, modules, toNamespace, packageName) {
  const byNamespace = new Map([...modules].map((module) => [toNamespace(module), module]));
  const findings = [];
  for (const [namespace, where] of usages) {
    if (byNamespace.has(namespace)) continue;
    const near = nearest(namespace, [...byNamespace.keys()]);
    const hint = near.length ? `; nearest: ${near.join(', ')}` : '';
    findings.push({ where, text: `${providerNamespace}.${namespace}: ${packageName} has no module of that name${hint}` });
  }
  if (findings.length) throw new Problem(...findings);
  return [...usages.keys()].map((namespace) => byNamespace.get(namespace)).sort();
}
