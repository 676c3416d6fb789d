// Versions: the packages are built from what npm installed, and the solution must request exactly these versions from NuGet.
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';

/** The packages that are built here: NuGet id, and the npm package from which it is built (the runtime has its generator's version). */
export const made = [
  { id: 'Amazon.JSII.Runtime', npm: 'jsii-pacmak' },
  { id: 'Constructs', npm: 'constructs' },
  { id: 'HashiCorp.Cdktf', npm: 'cdktf' },
  { id: 'HashiCorp.Cdktf.Providers.Aws', npm: '@cdktf/provider-aws' },
];

/**
 * Version of each package that is built here.
 * @returns {Record<string, string> | undefined} by NuGet id; undefined if npm has not installed the versions of package.json
 */
export function installedVersions(root) {
  const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies;
  const versions = {};
  for (const { id, npm } of made) {
    const file = path.join(root, 'node_modules', npm, 'package.json');
    if (!fs.existsSync(file)) return undefined;
    versions[id] = JSON.parse(fs.readFileSync(file, 'utf8')).version;
    if (versions[id] !== wanted[npm]) return undefined;
  }
  return versions;
}

/** @throws {Problem} if Directory.Packages.props (its text) has other versions than those that are built */
export function checkCentralVersions(props, versions) {
  const findings = [];
  props.split('\n').forEach((line, index) => {
    const [, id, version] = /<PackageVersion Include="([^"]+)" Version="([^"]+)"/.exec(line) ?? [];
    if (id in versions && version !== versions[id]) {
      const { npm } = made.find((one) => one.id === id);
      const text = `${id} ${version}: package.json has ${npm} ${versions[id]}; both must be the same`;
      findings.push({ where: `Directory.Packages.props:${index + 1}`, text });
    }
  });
  if (findings.length) throw new Problem(...findings);
}
