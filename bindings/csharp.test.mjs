import assert from 'node:assert/strict';
import test from 'node:test';
import { codeOf } from './csharp.mjs';

for (const [what, text] of [
  ['a comment', '// Name\n'],
  ['a block comment', '/* a\n Name */'],
  ['a string', '"a \\" Name"'],
  ['a verbatim string', '@"a "" Name"'],
  ['an interpolated verbatim string', '$@"a "" Name"'],
  ['a raw string', '"""\n a "" Name\n """'],
  ['a character', "'\"' /* Name */"],
]) {
  test(`codeOf: the text of ${what} is no code`, () => {
    const code = codeOf(`before ${text} after`);
    assert.doesNotMatch(code, /Name/);
    assert.match(code, /^before[\s\S]*after$/);
    assert.equal(code.split('\n').length, text.split('\n').length, 'lines stay');
  });
}

test('codeOf: documentation stays, as its crefs must resolve', () => {
  assert.match(codeOf('/// <see cref="Name"/>'), /Name/);
});
