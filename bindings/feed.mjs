// The local NuGet feed: a folder of .nupkg files, and the folder NuGet unpacks them to.
import fs from 'node:fs';
import path from 'node:path';

/** Whether the feed has this package. */
export function has(places, id, version) {
  return fs.existsSync(path.join(places.feed, `${id}.${version}.nupkg`));
}

/**
 * Puts a package into the feed. Its version stays while its content changes, and NuGet trusts versions, so
 * what was unpacked of an earlier one goes; the repository has a packages folder of its own for that reason.
 */
export function publish(places, id, version, file) {
  fs.mkdirSync(places.feed, { recursive: true });
  for (const old of fs.readdirSync(places.feed)) {
    // Constructs.10.4.2.nupkg, but not a longer id that begins alike.
    if (old.toLowerCase().startsWith(`${id.toLowerCase()}.`) && /^\d/.test(old.slice(id.length + 1))) fs.rmSync(path.join(places.feed, old));
  }
  const target = path.join(places.feed, `${id}.${version}.nupkg`);
  fs.copyFileSync(file, `${target}.new`);
  fs.renameSync(`${target}.new`, target);
  forget(places, id, version);
}

/** Removes what NuGet unpacked of a package. */
export function forget(places, id, version) {
  fs.rmSync(path.join(places.packages, id.toLowerCase(), version.toLowerCase()), { recursive: true, force: true });
}
