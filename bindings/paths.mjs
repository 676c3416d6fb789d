// Paths: inputs, and outputs in the git-ignored work folder.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Paths for one variant of the packages: `cut` (the default) or `stock`, as published. */
export function placesFor(root, flavour = 'cut') {
  const work = path.join(root, '.infra');
  const suffix = flavour === 'stock' ? '-stock' : '';
  return {
    root,
    flavour,
    npm: path.join(root, 'node_modules'),
    tools: path.join(root, 'bindings'),
    feed: path.join(work, `feed${suffix}`),
    packages: path.join(work, `packages${suffix}`),
    scratch: path.join(work, `bindings${suffix}`),
    state: path.join(work, `bindings${suffix}`, 'state.json'),
    lock: path.join(work, `bindings${suffix}`, 'lock'),
    log: path.join(work, `bindings${suffix}`, 'log.txt'),
  };
}

/** Root of the repository that contains this tool. */
export const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
