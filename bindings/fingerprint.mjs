// Hash of the inputs of a package: the package is rebuilt only if it changes.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Hash of any JSON value, independent of the order of an object's keys. */
export function fingerprint(value) {
  return crypto.createHash('sha256').update(JSON.stringify(ordered(value))).digest('hex');
}

/** Name and content of each file of this tool; tests and comparisons do not affect the packages. */
export function toolSources(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => /\.(mjs|js|cs|csproj)$/.test(name) && !/\.test\.mjs$|^compare\/|(^|\/)(bin|obj)\//.test(name))
    .sort()
    .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]);
}

function ordered(value) {
  if (Array.isArray(value)) return value.map(ordered);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])]));
  }
  return value;
}
