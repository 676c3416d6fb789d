import assert from 'node:assert/strict';
import test from 'node:test';
import { modulesFor, modulesIn } from './modules.mjs';
import { edits, nearest } from './nearest.mjs';
import { Problem } from './problem.mjs';

const pascal = (name) => name[0].toUpperCase() + name.slice(1);
const modules = ['instance', 'vpc', 's3Bucket', 's3BucketAcl', 'lbTargetGroup'];

test('modulesIn: reads the names and folders of an index', () => {
  const index = '"use strict";\nexports.vpc = exports.s3Bucket = void 0;\nexports.s3Bucket = require("./s3-bucket");\nexports.vpc = require("./vpc");\n';
  assert.deepEqual([...modulesIn(index)], [['s3Bucket', 's3-bucket'], ['vpc', 'vpc']]);
});

test('modulesFor: gives the modules behind the namespaces, sorted', () => {
  const usages = new Map([['Vpc', 'Main.cs:1'], ['S3Bucket', 'Main.cs:2']]);
  assert.deepEqual(modulesFor(usages, modules, pascal, 'aws 1'), ['s3Bucket', 'vpc']);
});

test('modulesFor: tells every namespace that there is not, with place and nearest', () => {
  const usages = new Map([['Ec2Instance', 'Constructs/Foo.cs:3'], ['LbTargetGrup', 'Constructs/Bar.cs:5'], ['Xyzzy', 'Main.cs:1']]);
  assert.throws(() => modulesFor(usages, modules, pascal, '@cdktf/provider-aws 20.1.0'), (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual(error.message.split('\n'), [
      'Constructs/Foo.cs:3  HashiCorp.Cdktf.Providers.Aws.Ec2Instance: @cdktf/provider-aws 20.1.0 has no module of that name; nearest: Instance',
      'Constructs/Bar.cs:5  HashiCorp.Cdktf.Providers.Aws.LbTargetGrup: @cdktf/provider-aws 20.1.0 has no module of that name; nearest: LbTargetGroup',
      'Main.cs:1  HashiCorp.Cdktf.Providers.Aws.Xyzzy: @cdktf/provider-aws 20.1.0 has no module of that name',
    ]);
    return true;
  });
});

test('nearest: a name inside the other comes before as many changed letters', () => {
  assert.deepEqual(nearest('Ec2Instance', ['DbInstance', 'Instance']), ['Instance', 'DbInstance']);
});

test('edits: counts insertions, deletions and changes', () => {
  assert.equal(edits('subnet', 'subnets'), 1);
  assert.equal(edits('kitten', 'sitting'), 3);
  assert.equal(edits('', 'vpc'), 3);
});
