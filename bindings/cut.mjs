// Cuts a jsii npm package down to some of its modules.
import fs from 'node:fs';
import path from 'node:path';
import { modulesIn } from './modules.mjs';

const relativeRequire = /require\("\.\.\/([\w-]+)"\)/g;

/**
 * The wanted modules and their dependencies, sorted.
 * @param {string[]} wanted
 * @param {(module: string) => Iterable<string>} needsOf modules that one module needs
 */
export function closure(wanted, needsOf) {
  const all = new Set(wanted);
  for (const module of all) for (const needed of needsOf(module)) all.add(needed);
  return [...all].sort();
}

/** Modules of the same assembly whose types a type names. */
export function modulesNamedBy(type, assemblyName) {
  const prefix = `${assemblyName}.`;
  const named = new Set();
  visit(type);
  return named;

  function visit(value) {
    if (typeof value === 'string') {
      // In `fqn`, `base` and `interfaces`, the whole string is a full name; prose is never just one name.
      if (value.startsWith(prefix) && !value.includes(' ')) named.add(moduleOf(value, assemblyName));
    } else if (value && typeof value === 'object') {
      for (const [key, child] of Object.entries(value)) if (key !== 'docs') visit(child);
    }
  }
}

/** The assembly with only the types and submodules of these modules; the input is not changed. */
export function cutAssembly(assembly, modules) {
  const kept = new Set(modules);
  const keep = (record) => Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => kept.has(moduleOf(name, assembly.name))));
  return { ...assembly, types: keep(assembly.types), submodules: keep(assembly.submodules) };
}

/** `lib/index.js` with only these modules, in the original order, each loaded on first use, so that a stack loads only what it uses. */
export function cutIndex(modules, folders) {
  const kept = new Set(modules);
  const lines = [...folders]
    .filter(([module]) => kept.has(module))
    .map(([module, folder]) => `Object.defineProperty(exports, "${module}", { enumerable: true, get: () => require("./${folder}") });`);
  return ['"use strict";', 'Object.defineProperty(exports, "__esModule", { value: true });', ...lines, ''].join('\n');
}

/**
 * Writes the cut package.
 * @param {string} from folder of the npm package
 * @param {string} to folder to write, replaced
 * @param {string[]} wanted modules
 * @returns {string[]} the modules in it
 */
export function cutPackage(from, to, wanted) {
  const assembly = JSON.parse(fs.readFileSync(path.join(from, '.jsii'), 'utf8'));
  const folders = modulesIn(fs.readFileSync(path.join(from, 'lib/index.js'), 'utf8'));
  const byFolder = new Map([...folders].map(([module, folder]) => [folder, module]));
  const types = typesByModule(assembly);
  const modules = closure(wanted, (module) => [
    ...(types.get(module) ?? []).flatMap((type) => [...modulesNamedBy(type, assembly.name)]),
    ...scriptFiles(path.join(from, 'lib', folders.get(module))).flatMap((script) =>
      [...fs.readFileSync(script, 'utf8').matchAll(relativeRequire)].map(([, folder]) => byFolder.get(folder)).filter(Boolean)),
  ]);

  fs.rmSync(to, { recursive: true, force: true });
  fs.mkdirSync(path.join(to, 'lib'), { recursive: true });
  fs.writeFileSync(path.join(to, '.jsii'), JSON.stringify(cutAssembly(assembly, modules)));
  fs.writeFileSync(path.join(to, 'lib/index.js'), cutIndex(modules, folders));
  for (const file of ['LICENSE', 'README.md', 'package.json']) fs.copyFileSync(path.join(from, file), path.join(to, file));
  for (const module of modules) {
    const folder = path.join(to, 'lib', folders.get(module));
    // Declarations are for TypeScript; neither jsii-pacmak nor the kernel reads them.
    fs.cpSync(path.join(from, 'lib', folders.get(module)), folder, { recursive: true, filter: (file) => !file.endsWith('.d.ts') });
    for (const script of scriptFiles(folder)) fs.writeFileSync(script, withoutSourceMap(fs.readFileSync(script, 'utf8')));
  }
  return modules;
}

/** A script without its source map: a comment that is two thirds of the text, and that the kernel would keep in memory. */
export function withoutSourceMap(script) {
  return script.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

function moduleOf(fullName, assemblyName) {
  return fullName.slice(assemblyName.length + 1).split('.')[0];
}

function typesByModule(assembly) {
  const groups = new Map();
  for (const type of Object.values(assembly.types)) {
    const module = moduleOf(type.fqn, assembly.name);
    if (!groups.has(module)) groups.set(module, []);
    groups.get(module).push(type);
  }
  return groups;
}

function scriptFiles(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js')).map((name) => path.join(folder, name));
}
