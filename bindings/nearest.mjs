// Suggestions for a misspelled name: few edits away, or one name contains the other.

/** Up to three of `names` similar to `wanted`, the closest match first; none if nothing is similar. */
export function nearest(wanted, names) {
  const limit = Math.max(2, Math.ceil(wanted.length / 3));
  return names
    .map((name) => ({ name, distance: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map((candidate) => candidate.name);
}

function distance(a, b) {
  // Ec2Instance → Instance: a name that contains the other is a closer match than the same number of changed letters.
  if (a.endsWith(b) || b.endsWith(a) || a.startsWith(b) || b.startsWith(a)) return Math.abs(a.length - b.length) / 2;
  return edits(a, b);
}

/** Levenshtein distance. */
export function edits(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
