// Compares two folders byte by byte.
import fs from 'node:fs';
import path from 'node:path';

/** Files below a folder, relative and sorted. */
export function filesIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** Descriptions of the differences of two folders; empty if all bytes are the same. */
export function differences(one, other) {
  const names = [...new Set([...filesIn(one), ...filesIn(other)])].sort();
  return names.flatMap((name) => {
    const files = [one, other].map((folder) => path.join(folder, name));
    const missing = files.find((file) => !fs.existsSync(file));
    if (missing) return [`${name}: not in ${path.dirname(missing)}`];
    const [a, b] = files.map((file) => fs.readFileSync(file));
    if (a.equals(b)) return [];
    const at = a.findIndex((byte, index) => byte !== b[index]);
    const line = a.subarray(0, at === -1 ? b.length : at).toString().split('\n').length;
    return [`${name}: differs from line ${line}`];
  });
}
