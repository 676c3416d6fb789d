// Package sources for the restores of this tool, from the repository's nuget.config, so that a mirror is configured once.
import fs from 'node:fs';
import path from 'node:path';

/** The repository's nuget.config with its feed at this absolute path. */
export function sourcesWithFeed(root, feed) {
  return read(root).replace(/(<add key="bindings" value=")[^"]*"/, (_, head) => `${head}${feed}"`);
}

/** The repository's nuget.config without its feed: only published packages. */
export function sourcesWithoutFeed(root) {
  return read(root)
    .replace(/\s*<add key="bindings"[^>]*>/, '')
    .replace(/<packageSourceMapping>[\s\S]*<\/packageSourceMapping>/, '<packageSourceMapping>\n    <clear />\n  </packageSourceMapping>');
}

function read(root) {
  return fs.readFileSync(path.join(root, 'nuget.config'), 'utf8');
}
