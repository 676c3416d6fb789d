import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { sourceFiles, usagesIn } from './usages.mjs';

const aws = 'HashiCorp.Cdktf.Providers.Aws';
const named = (...texts) => Object.fromEntries(usagesIn(texts.map((text, index) => ({ name: `${'ABC'[index]}.cs`, text }))));

for (const [way, text] of [
  ['a using', `using ${aws}.Vpc;`],
  ['a global using', `global using ${aws}.Vpc;`],
  ['a static using', `using static ${aws}.Vpc.Vpc;`],
  ['an alias of a type', `using Net = ${aws}.Vpc.Vpc;`],
  ['a full name', `var vpc = new ${aws}.Vpc.Vpc(this, "vpc");`],
  ['a global name', `var vpc = new global::${aws}.Vpc.Vpc(this, "vpc");`],
  ['an alias of the provider', `using Aws = ${aws}; var vpc = new Aws.Vpc.Vpc(this, "vpc");`],
  ['an alias with colons', `using Aws = ${aws}; var vpc = new Aws::Vpc.Vpc(this, "vpc");`],
  ['an alias further up', 'using Tf = HashiCorp.Cdktf; var vpc = new Tf.Providers.Aws.Vpc.Vpc(this, "vpc");'],
  ['a reference in documentation', `/// <see cref="${aws}.Vpc.Vpc"/>`],
]) {
  test(`usagesIn: ${way} counts`, () => assert.deepEqual(named(text), { Vpc: 'A.cs:1' }));
}

for (const [what, text] of [
  ['a comment', `// using ${aws}.Vpc;`],
  ['a string', `var name = "${aws}.Vpc";`],
  ['a longer namespace', `using My.${aws}.Vpc;`],
  ['the namespace of the provider alone', `using ${aws};`],
  ['a member of an own class', 'Aws.Vpc();'],
]) {
  test(`usagesIn: ${what} does not count`, () => assert.deepEqual(named(text), {}));
}

test('usagesIn: tells where each is named first, in the order of names', () => {
  const found = usagesIn([{ name: 'A.cs', text: `\n\nusing ${aws}.Vpc;\nusing ${aws}.Eip;` }, { name: 'B.cs', text: `using ${aws}.Vpc;` }]);
  assert.deepEqual([...found], [['Eip', 'A.cs:4'], ['Vpc', 'A.cs:3']]);
});

test('usagesIn: a global alias reaches other files, a plain one does not', () => {
  assert.deepEqual(named('Aws.Vpc.Vpc vpc;', `global using Aws = ${aws};`), { Vpc: 'A.cs:1' });
  assert.deepEqual(named('Aws.Vpc.Vpc vpc;', `using Aws = ${aws};`), {});
});

test('usagesIn: a Using item of a project file counts', () => {
  const found = usagesIn([{ name: 'A.csproj', text: `<Using Include="${aws}.Vpc" />` }]);
  assert.deepEqual([...found], [['Vpc', 'A.csproj:1']]);
});

test('sourceFiles: leaves out what is made', (context) => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'usages-'));
  context.after(() => fs.rmSync(root, { recursive: true }));
  for (const name of ['Main.cs', 'Stacks/Base.cs', 'obj/Made.cs', 'Tests/bin/Made.cs', '.infra/Made.cs', 'node_modules/a/A.cs', 'docs/page.md', 'Infra.csproj']) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), '');
  }
  assert.deepEqual(sourceFiles(root), ['Infra.csproj', 'Main.cs', 'Stacks/Base.cs']);
});
