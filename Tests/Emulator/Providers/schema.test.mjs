import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterSchema, frame, unframe } from './schema.mjs';

const delimited = (field, ...bytes) => [(field << 3) | 2, bytes.length, ...bytes];
const text = (field, value) => delimited(field, ...Buffer.from(value));
const entry = (field, key, schema) => delimited(field, ...text(1, key), ...delimited(2, ...schema));

test('only the types that are used stay, and everything else', () => {
  const provider = delimited(1, 8, 1);
  const capabilities = [(6 << 3) | 0, 1];
  const message = Buffer.from([
    ...provider, ...entry(2, 'aws_vpc', [1]), ...entry(2, 'aws_subnet', [2]), ...entry(3, 'aws_vpc', [3]), ...entry(3, 'aws_ami', [4]), ...capabilities,
  ]);
  const expected = Buffer.from([...provider, ...entry(2, 'aws_vpc', [1]), ...entry(3, 'aws_vpc', [3]), ...capabilities]);
  assert.deepEqual(filterSchema(message, new Set(['aws_vpc'])), expected);
});

test('an entry longer than 127 bytes is read whole', () => {
  const long = Array(300).fill(7);
  const schema = Buffer.from([(2 << 3) | 2, 0xac, 0x02, ...long]);
  const value = Buffer.concat([Buffer.from(text(1, 'aws_vpc')), schema]);
  const message = Buffer.concat([Buffer.from([(2 << 3) | 2, 0x80 | (value.length & 127), value.length >> 7]), value, Buffer.from(entry(2, 'aws_subnet', [1]))]);
  assert.deepEqual(filterSchema(message, new Set(['aws_vpc'])), message.subarray(0, value.length + 3));
});

test('a message in a frame has its length before it', () => {
  const message = Buffer.from('schema');
  assert.deepEqual([...frame(message)], [0, 0, 0, 0, 6, ...message]);
  assert.deepEqual(unframe(frame(message)), message);
});
