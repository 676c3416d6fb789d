// From a jsii npm package to a NuGet package: jsii-pacmak writes C#, dotnet compiles and packs it.
import fs from 'node:fs';
import path from 'node:path';
import { publish } from './feed.mjs';
import { sourcesWithFeed } from './sources.mjs';

// The stock packages target net6.0; its reference assemblies would be an additional download without benefit.
const targetFramework = 'net10.0';

const buildProps = `<Project>
  <PropertyGroup>
    <RunAnalyzers>false</RunAnalyzers>
    <DebugType>none</DebugType>
  </PropertyGroup>
</Project>
`;

/** Folder in which generated sources are compiled, isolated from the repository's build settings. */
export function prepareScratch(places) {
  fs.mkdirSync(places.scratch, { recursive: true });
  fs.mkdirSync(places.feed, { recursive: true });
  const write = (name, text) => fs.writeFileSync(path.join(places.scratch, name), text);
  write('Directory.Build.props', buildProps);
  write('Directory.Build.targets', '<Project />\n');
  write('Directory.Packages.props', '<Project />\n');
  write('nuget.config', sourcesWithFeed(places.root, places.feed));
}

/**
 * Builds one NuGet package and adds it to the feed.
 * @param {ReturnType<import('./paths.mjs').placesFor>} places
 * @param {ReturnType<import('./processes.mjs').runnerTo>} run
 * @param {{ id: string, version: string, from: string }} item `from` is the folder of the npm package
 */
export function pack(places, run, { id, version, from }) {
  const out = path.join(places.scratch, 'src', id);
  fs.rmSync(out, { recursive: true, force: true });
  const pacmak = path.join(places.npm, 'jsii-pacmak/bin/jsii-pacmak');
  run(`Generating ${id}`, process.execPath,
    ['--max-old-space-size=8192', pacmak, '--targets', 'dotnet', '--code-only', '--no-npmignore', '--no-fingerprint', '--outdir', out, from],
    places.scratch);

  const project = path.join(out, 'dotnet', id, `${id}.csproj`);
  const text = fs.readFileSync(project, 'utf8').replace(/<TargetFramework>[^<]*</, `<TargetFramework>${targetFramework}<`);
  fs.writeFileSync(project, text);
  const packed = path.join(out, 'packed');
  run(`Compiling ${id}`, 'dotnet', [
    'build', project, '--configuration', 'Release', '-maxcpucount:1', '-nodeReuse:false', '-verbosity:quiet',
    // Generated code: its warnings cannot be fixed here.
    '-property:WarningLevel=0', '-property:UseSharedCompilation=false', '-property:IncludeSymbols=false', '-property:IncludeSource=false',
    `-property:RestorePackagesPath=${places.packages}`, `-property:PackageOutputPath=${packed}`,
  ], places.scratch);
  publish(places, id, version, path.join(packed, `${id}.${version}.nupkg`));
  fs.rmSync(out, { recursive: true, force: true });
}
