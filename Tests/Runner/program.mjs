#!/usr/bin/env node
// A program of a job that sends its name, arguments, folder and variables to the runner, which answers: docker, and ./infra of a recorded
// run.
import { basename } from 'node:path';

const variables = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('GITHUB_') || name === 'INFRA_ENV'));
const request = { program: basename(process.argv[1]), arguments: process.argv.slice(2), folder: process.cwd(), variables };
const answer = await (await fetch(process.env.DESK_PROGRAMS, { method: 'POST', body: JSON.stringify(request) })).json();
(answer.exitCode === 0 ? process.stdout : process.stderr).write(`${answer.output}\n`);
process.exit(answer.exitCode);
