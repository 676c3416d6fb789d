import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { closure, cutAssembly, cutIndex, cutPackage, modulesNamedBy, withoutSourceMap } from './cut.mjs';

const assembly = {
  name: '@x/aws',
  version: '1.0.0',
  types: {
    '@x/aws.vpc.Vpc': { fqn: '@x/aws.vpc.Vpc', base: 'cdktf.TerraformResource', docs: { summary: '@x/aws.eip.Eip' } },
    '@x/aws.lb.Lb': { fqn: '@x/aws.lb.Lb', interfaces: ['@x/aws.subnet.ISubnet'], properties: [{ type: { fqn: '@x/aws.lb.LbList' } }] },
    '@x/aws.subnet.ISubnet': { fqn: '@x/aws.subnet.ISubnet' },
    '@x/aws.vpcEndpoint.VpcEndpoint': { fqn: '@x/aws.vpcEndpoint.VpcEndpoint' },
  },
  submodules: { '@x/aws.vpc': {}, '@x/aws.lb': {}, '@x/aws.subnet': {}, '@x/aws.vpcEndpoint': {} },
};

test('closure: follows needs to their end', () => {
  const needs = { a: ['b'], b: ['c', 'a'], c: [], d: [] };
  assert.deepEqual(closure(['a'], (module) => needs[module]), ['a', 'b', 'c']);
});

test('modulesNamedBy: finds types in signatures, not in prose', () => {
  assert.deepEqual([...modulesNamedBy(assembly.types['@x/aws.lb.Lb'], '@x/aws')].sort(), ['lb', 'subnet']);
  assert.deepEqual([...modulesNamedBy(assembly.types['@x/aws.vpc.Vpc'], '@x/aws')], ['vpc']);
});

test('cutAssembly: keeps the types and submodules of the modules, and all else', () => {
  const cut = cutAssembly(assembly, ['vpc']);
  assert.deepEqual(Object.keys(cut.types), ['@x/aws.vpc.Vpc'], 'vpcEndpoint only begins alike');
  assert.deepEqual(Object.keys(cut.submodules), ['@x/aws.vpc']);
  assert.equal(cut.version, '1.0.0');
});

test('cutIndex: exports the modules in the order of the whole index, loaded when asked for', () => {
  const index = cutIndex(['vpc', 'lb'], new Map([['lb', 'lb'], ['subnet', 'subnet'], ['vpc', 'vpc']]));
  const [exports, loaded] = [{}, []];
  new Function('exports', 'require', index)(exports, (name) => loaded.push(name) && name);
  assert.deepEqual(Object.keys(exports), ['lb', 'vpc']);
  assert.deepEqual(loaded, []);
  assert.equal(exports.vpc, './vpc');
});

test('withoutSourceMap: drops the comment and nothing else', () => {
  assert.equal(withoutSourceMap('const url = "//# sourceMappingURL=x";\n//# sourceMappingURL=data:abc='), 'const url = "//# sourceMappingURL=x";\n');
  assert.equal(withoutSourceMap('code();\n'), 'code();\n');
});

test('cutPackage: writes the modules with what they need, by type or by require', (context) => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cut-'));
  context.after(() => fs.rmSync(root, { recursive: true }));
  const [from, to] = ['whole', 'cut'].map((name) => path.join(root, name));
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(from, name)), { recursive: true });
    fs.writeFileSync(path.join(from, name), text);
  };
  write('.jsii', JSON.stringify(assembly));
  for (const name of ['LICENSE', 'README.md', 'package.json']) write(name, name);
  const folders = { lb: 'lb', subnet: 'subnet', vpc: 'vpc', vpcEndpoint: 'vpc-endpoint' };
  write('lib/index.js', Object.entries(folders).map(([module, folder]) => `exports.${module} = require("./${folder}");`).join('\n'));
  for (const folder of Object.values(folders)) write(`lib/${folder}/index.js`, folder === 'subnet' ? 'require("../vpc-endpoint")' : '');
  write('lib/lb/index.d.ts', '');

  assert.deepEqual(cutPackage(from, to, ['lb']), ['lb', 'subnet', 'vpcEndpoint']);
  assert.deepEqual(fs.readdirSync(path.join(to, 'lib')).sort(), ['index.js', 'lb', 'subnet', 'vpc-endpoint']);
  assert.deepEqual(fs.readdirSync(path.join(to, 'lib/lb')), ['index.js']);
  assert.equal(Object.keys(JSON.parse(fs.readFileSync(path.join(to, '.jsii'), 'utf8')).types).length, 3);
});
