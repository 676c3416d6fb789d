// Finds the namespaces of the provider package that the sources use, with the place of the first use.
import fs from 'node:fs';
import path from 'node:path';
import { codeOf } from './csharp.mjs';

export const providerNamespace = 'HashiCorp.Cdktf.Providers.Aws';

const skipped = new Set(['bin', 'obj', 'node_modules', 'bindings', 'cdktf.out', 'TestResults']);
const identifier = String.raw`[\p{L}_][\p{L}\p{Nd}_]*`;
const dots = providerNamespace.replaceAll('.', String.raw`\s*\.\s*`);
const qualified = new RegExp(String.raw`(?<![\p{L}\p{Nd}_.])${dots}\s*\.\s*(${identifier})`, 'gu');
// `using Aws = HashiCorp.Cdktf.Providers.Aws;` and shorter prefixes, and the same as an item of a project file.
const heads = providerNamespace.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'));
const aliasInCode = new RegExp(String.raw`(global\s+)?using\s+(${identifier})\s*=\s*(?:global::)?(${heads.map(escape).join('|')})\s*;`, 'gu');
const aliasInProject = new RegExp(String.raw`<Using\s+Include="(${heads.map(escape).join('|')})"\s+Alias="(${identifier})"`, 'gu');

/** Sources of the application: every .cs, .csproj and .props file, except generated files and those of this tool. */
export function sourceFiles(root, folder = '') {
  const files = [];
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || skipped.has(entry.name) || entry.name.startsWith('cdktf.out')) continue;
    const relative = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) files.push(...sourceFiles(root, relative));
    else if (/\.(cs|csproj|props)$/.test(entry.name)) files.push(relative);
  }
  return files.sort();
}

/** Reads the sources: see {@link usagesIn}. */
export function usagesOf(root) {
  return usagesIn(sourceFiles(root).map((name) => ({ name, text: fs.readFileSync(path.join(root, name), 'utf8') })));
}

/**
 * Namespaces below the provider's that the sources use (`S3Bucket`), with the place of the first use
 * (`Constructs/Bucket.cs:3`). All kinds of use count: `using`, `using static`, aliases, full names, crefs.
 * Not found: a name inside an interpolation of a string.
 * @param {{ name: string, text: string }[]} sources
 * @returns {Map<string, string>} sorted by namespace
 */
export function usagesIn(sources) {
  const files = sources.map(({ name, text }) => ({ name, code: name.endsWith('.cs') ? codeOf(text) : text }));
  const globalAliases = files.flatMap(({ code }) => aliasesIn(code).filter((alias) => alias.global));
  const found = new Map();
  for (const { name, code } of files) {
    const patterns = [qualified, ...[...globalAliases, ...aliasesIn(code)].map(aliasPattern)];
    for (const match of patterns.flatMap((pattern) => [...code.matchAll(pattern)])) {
      if (!found.has(match[1])) found.set(match[1], `${name}:${code.slice(0, match.index).split('\n').length}`);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function aliasesIn(code) {
  if (!code.includes('HashiCorp')) return [];
  return [
    ...[...code.matchAll(aliasInCode)].map(([, global, alias, head]) => ({ alias, head, global: Boolean(global) })),
    ...[...code.matchAll(aliasInProject)].map(([, head, alias]) => ({ alias, head, global: true })),
  ];
}

function aliasPattern({ alias, head }) {
  const rest = providerNamespace.slice(head.length).split('.').filter(Boolean);
  const path = [alias, ...rest].join(String.raw`\s*\.\s*`);
  const separator = rest.length === 0 ? String.raw`(?:\.|::)` : String.raw`\.`;
  return new RegExp(String.raw`(?<![\p{L}\p{Nd}_.])${path}\s*${separator}\s*(${identifier})`, 'gu');
}

function escape(text) {
  return text.replaceAll('.', String.raw`\.`);
}
