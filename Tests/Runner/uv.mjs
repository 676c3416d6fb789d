#!/usr/bin/env node
// A stand-in for uv, which only PyPI has: the subcommands that workflows use, with the Python packages of examples/python/get.
// Differences from uv: `uv sync` installs nothing, and package versions are those of examples/python/get. `uv run ruff` is ruff itself,
// compiled to WebAssembly; it gets the settings of pyproject.toml, but does not see the folder's structure.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.WORKFLOW_TOOLS, 'package.json'));
const fail = (text) => { console.error(text); process.exit(1); };

const project = require('smol-toml').parse(readFileSync('pyproject.toml', 'utf8'));

const sources = (folder) => readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === '__pycache__' ? [] : sources(path);
  return path.endsWith('.py') ? [path] : [];
});

function ruff(action) {
  const { Workspace, PositionEncoding } = require('@astral-sh/ruff-wasm-nodejs');
  const version = /[0-9]+\.[0-9]+/.exec(project.project['requires-python'])[0].replace('.', '');
  const workspace = new Workspace({ 'target-version': `py${version}`, ...project.tool?.ruff }, PositionEncoding.Utf32);
  const files = sources('.');
  const findings = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    if (action === 'format') return workspace.format(text) === text ? [] : [`Would reformat: ${file}`];
    return workspace.check(text).map((found) =>
      `${file}:${found.start_location.row}:${found.start_location.column}: ${found.code} ${found.message}`);
  });
  findings.forEach((finding) => console.log(finding));
  if (findings.length > 0) fail(`ruff ${Workspace.version()}: ${findings.length} findings`);
  console.log(`ruff ${Workspace.version()} ${action}: ${files.length} files, all passed`);
}

const words = process.argv.slice(2);
switch (words.join(' ')) {
  case 'sync':
    console.log(`stand-in for uv: ${project.project.name} uses the packages of examples/python/get; nothing is installed`);
    break;
  case 'run ruff check':
    ruff('check');
    break;
  case 'run ruff format --check':
    ruff('format');
    break;
  case 'run pytest':
    process.exit(spawnSync(process.env.EXAMPLES_PYTHON, ['-m', 'pytest'], { stdio: 'inherit' }).status ?? 1);
    break;
  default:
    fail(`the stand-in for uv does not know: uv ${words.join(' ')}`);
}
