// The local NuGet feed: a folder of .nupkg files, and the folder NuGet unpacks them to.
import fs from 'node:fs';
import path from 'node:path';

/** Whether the feed contains this package. */
export function has(places, id, version) {
  return fs.existsSync(path.join(places.feed, `${id}.${version}.nupkg`));
}

/**
 * Adds a package to the feed. Its version does not change with its content, and NuGet caches by version, so the unpacked
 * earlier package is deleted; for that reason the repository has its own packages folder.
 */
export function publish(places, id, version, file) {
  fs.mkdirSync(places.feed, { recursive: true });
  for (const old of fs.readdirSync(places.feed)) {
    // Constructs.10.4.2.nupkg, but not a longer id with the same prefix.
    if (old.toLowerCase().startsWith(`${id.toLowerCase()}.`) && /^\d/.test(old.slice(id.length + 1))) fs.rmSync(path.join(places.feed, old));
  }
  const target = path.join(places.feed, `${id}.${version}.nupkg`);
  fs.copyFileSync(file, `${target}.new`);
  fs.renameSync(`${target}.new`, target);
  forget(places, id, version);
}

/** Deletes the folder to which NuGet unpacked a package. */
export function forget(places, id, version) {
  fs.rmSync(path.join(places.packages, id.toLowerCase(), version.toLowerCase()), { recursive: true, force: true });
}
