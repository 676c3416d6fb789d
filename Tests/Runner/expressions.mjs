#!/usr/bin/env node
// Evaluates GitHub's expressions with GitHub's own implementation: one request as JSON on each line of standard input, one answer on each
// line of standard output. A request has the expression, the contexts, and the values of functions that depend on the run.
import readline from 'node:readline';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { expression, contexts, functions } = JSON.parse(line);
  const definitions = Object.entries(functions).map(([name, value]) =>
    ({ name, minArgs: 0, maxArgs: 255, call: () => data.reviver('', value) }));
  let answer;
  try {
    const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), definitions).parse();
    const value = new Evaluator(
      parsed, JSON.parse(JSON.stringify(contexts), data.reviver), new Map(definitions.map(each => [each.name.toLowerCase(), each]))).evaluate();
    answer = { value: JSON.parse(JSON.stringify(value, data.replacer)) };
  } catch (error) {
    answer = { error: `${error.message}: ${expression}` };
  }

  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
