// The .NET runtime of jsii, patched to do less work: docs/decisions/0007 explains why.
import fs from 'node:fs';
import path from 'node:path';
import { publish } from './feed.mjs';
import { Problem } from './problem.mjs';
import { published } from './published.mjs';
import { sourcesWithoutFeed } from './sources.mjs';

const id = 'Amazon.JSII.Runtime';

/**
 * Adds the runtime to the feed: patched if its code is known, otherwise as published.
 * @returns {string} one line that says which one
 */
export function packRuntime(places, run, version) {
  const stock = published(places, run, id, version);
  if (!stock) throw new Problem({ text: `${id} ${version} is not on nuget.org; jsii-pacmak in package.json must be a version that has a .NET runtime` });

  const tool = path.join(places.scratch, 'runtime');
  fs.mkdirSync(tool, { recursive: true });
  fs.writeFileSync(path.join(tool, 'nuget.config'), sourcesWithoutFeed(places.root));
  const bin = path.join(tool, 'bin');
  run('Compiling the runtime rewriter', 'dotnet', [
    'build', path.join(places.tools, 'runtime/ShortenRuntime.csproj'), '--output', bin,
    '-maxcpucount:1', '-nodeReuse:false', '-verbosity:quiet',
    '-property:UseSharedCompilation=false', '-property:RunAnalyzers=false', '-property:EnforceCodeStyleInBuild=false',
    '-property:BindingsReady=true', '-property:StockBindings=false',
    `-property:RestoreConfigFile=${path.join(tool, 'nuget.config')}`, `-property:RestorePackagesPath=${path.join(tool, 'packages')}`,
    `-property:BaseIntermediateOutputPath=${path.join(tool, 'obj')}/`,
  ], places.root);

  const rewritten = path.join(tool, `${id}.${version}.nupkg`);
  const answer = run(`Rewriting ${id}`, 'dotnet', [path.join(bin, 'ShortenRuntime.dll'), stock, rewritten, version], places.scratch).trim();
  publish(places, id, version, rewritten);
  return answer;
}
