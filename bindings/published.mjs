// Downloads published packages from nuget.org with NuGet's own client.
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';
import { sourcesWithoutFeed } from './sources.mjs';

/**
 * Path of a published package's .nupkg file, downloaded into the scratch folder.
 * @returns {string | undefined} undefined if nuget.org does not have the package
 */
export function published(places, run, id, version) {
  const folder = path.join(places.scratch, 'published');
  const file = path.join(folder, id.toLowerCase(), version, `${id.toLowerCase()}.${version}.nupkg`);
  if (fs.existsSync(file)) return file;

  const project = path.join(folder, 'download', `${id}.csproj`);
  fs.mkdirSync(path.dirname(project), { recursive: true });
  fs.writeFileSync(path.join(path.dirname(project), 'nuget.config'), sourcesWithoutFeed(places.root));
  fs.writeFileSync(project, `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="${id}" Version="[${version}]" />
  </ItemGroup>
</Project>
`);
  try {
    run(`Downloading ${id} ${version}`, 'dotnet', ['restore', project, `-property:RestorePackagesPath=${folder}`], path.dirname(project));
  } catch (error) {
    // NU1101: no such package; NU1102, NU1103: not in this version. Anything else, such as no network, is a failure.
    if (error instanceof Problem && /NU110[123]/.test(error.message)) return undefined;
    throw error;
  }
  return file;
}
