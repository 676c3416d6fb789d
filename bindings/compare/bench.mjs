// Measures synthesis of one environment with each variant of the packages, in turn: wall time, peak memory, constructs.
// node bindings/compare/bench.mjs examples/tap/poc.json [--runs 5] [--no-stock]
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { repository as root } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { measure } from './measure.mjs';
import { differences, filesIn } from './trees.mjs';
import { quiet, shipped, stock, synthesis, synthesize, withPublishedRuntime } from './variants.mjs';

/** The median; for an even number of values, the lower one. */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string', default: '5' }, 'no-stock': { type: 'boolean', default: false } },
  });
  const runs = Number(values.runs);
  if (positionals.length !== 1 || !Number.isInteger(runs) || runs < 1) {
    throw new Problem({ text: 'usage: node bindings/compare/bench.mjs ENVIRONMENT.json [--runs 5] [--no-stock]' });
  }
  await bench(positionals[0], runs, !values['no-stock']);
} catch (error) {
  if (!(error instanceof Problem) && !error.code?.startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function bench(environment, runs, whole) {
  const variants = [shipped(root), withPublishedRuntime(root), whole && stock(root)].filter(Boolean);
  const outOf = (index) => path.join(root, `.infra/compare/out-${index}`);
  // The first run fills jsii's package cache and the system's file cache; it is not counted.
  variants.forEach((variant, index) => synthesize(root, variant, environment, outOf(index)));
  const found = variants.slice(1).flatMap((_, index) => differences(outOf(0), outOf(index + 1)));

  const measured = variants.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, variant] of variants.entries()) {
      fs.rmSync(outOf(index), { recursive: true, force: true });
      const [command, ...args] = synthesis(variant, environment, outOf(index));
      measured[index].push(await measure(command, args, { cwd: root, env: quiet() }));
    }
  }
  console.log(`${environment}: ${constructsIn(outOf(0))} constructs; medians of ${runs} runs, one of each in turn; ratios to the first row\n`);
  print(variants.map(({ name }, index) => ({ name, ...mediansOf(measured[index]) })));
  console.log(found.length ? `\nThe output differs:\n${found.join('\n')}` : '\nThe output of all is the same to the byte.');
}

function mediansOf(samples) {
  return Object.fromEntries(Object.keys(samples[0]).map((key) => [key, median(samples.map((sample) => sample[key]))]));
}

function print(rows) {
  const [first] = rows;
  const cell = (row, key, digits, unit) =>
    row[key] === undefined ? 'not measured' : `${row[key].toFixed(digits)} ${unit} (×${(row[key] / first[key]).toFixed(1)})`;
  const table = [
    ['variant', 'wall', 'largest process', 'all processes'],
    ...rows.map((row) => [row.name, cell(row, 'seconds', 2, 's'), cell(row, 'largest', 0, 'MB'), cell(row, 'sum', 0, 'MB')]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  table.splice(1, 0, widths.map((width) => '-'.repeat(width)));
  for (const row of table) console.log(`| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`);
}

/** Number of constructs in the synthesized stacks; each has its id in the metadata that cdktf writes. */
function constructsIn(out) {
  return filesIn(out)
    .filter((name) => name.endsWith('cdk.tf.json'))
    .reduce((count, name) => count + (fs.readFileSync(path.join(out, name), 'utf8').match(/"uniqueId"/g)?.length ?? 0), 0);
}
