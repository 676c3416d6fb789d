// Shows that the cut packages and the full ones synthesize the same bytes.
// node bindings/compare/output.mjs examples/tap/poc.json …
import path from 'node:path';
import { repository as root } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { differences, filesIn } from './trees.mjs';
import { shipped, stock, synthesize } from './variants.mjs';

const environments = process.argv.slice(2);
try {
  if (environments.length === 0) throw new Problem({ text: 'usage: node bindings/compare/output.mjs ENVIRONMENT.json …' });
  const variants = [shipped(root), stock(root)];
  for (const environment of environments) {
    const outs = variants.map((variant, index) => {
      const out = path.join(root, `.infra/compare/out-${index}`);
      synthesize(root, variant, environment, out);
      return out;
    });
    const found = differences(...outs);
    if (found.length) throw new Problem(...found.map((text) => ({ where: environment, text })));
    console.log(`${environment}: ${filesIn(outs[0]).length} files, the same to the byte with ${variants.map(({ name }) => name).join(' and ')}`);
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
