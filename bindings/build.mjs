// Builds the C# packages that the solution restores, cut to what its sources use. `node bindings/build.mjs --help`
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './packages.mjs';
import { repository } from './paths.mjs';
import { Problem } from './problem.mjs';

const help = `Makes the NuGet packages Amazon.JSII.Runtime, Constructs, HashiCorp.Cdktf and HashiCorp.Cdktf.Providers.Aws
in .infra/feed: the last cut to the modules that the sources use. Does nothing while they are up to date.

  node bindings/build.mjs            what the sources use (about 20 s after a change of modules, 40 s the first time)
  node bindings/build.mjs --stock    the whole packages in .infra/feed-stock, for comparison: published ones where
                                     nuget.org has them, else built whole (minutes, 8 GB of memory)
  node bindings/build.mjs --force    again, even if up to date
`;

const options = { stock: { type: 'boolean' }, force: { type: 'boolean' }, msbuild: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };

try {
  const { values } = parseArgs({ options });
  if (values.help) console.log(help);
  else build(repository, values);
} catch (error) {
  if (!(error instanceof Problem) && !error.code?.startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(process.argv.includes('--msbuild') ? asMSBuild(error) : error.message);
  process.exitCode = 1;
}

/** Findings in MSBuild's format, so that editors and build logs link to the line. */
function asMSBuild({ findings = [], message }) {
  return (findings.length ? findings : [{ text: message }])
    .map(({ where, text }) => {
      const [file, line] = where?.split(':') ?? [];
      const place = file ? `${path.join(repository, file)}(${line},1)` : 'bindings';
      return `${place}: error BINDINGS: ${text.replaceAll('\n', ' ')}`;
    })
    .join('\n');
}
