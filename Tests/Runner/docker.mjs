#!/usr/bin/env node
// A fake docker that sends its arguments to FakeRegistry.
const answer = await (await fetch(process.env.DESK_DOCKER, { method: 'POST', body: JSON.stringify(process.argv.slice(2)) })).json();
(answer.exitCode === 0 ? process.stdout : process.stderr).write(`${answer.output}\n`);
process.exit(answer.exitCode);
