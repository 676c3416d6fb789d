// Runs the tools (npm, jsii-pacmak, dotnet); their output is written to a log, and shown if they fail.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';

/** @returns {(title: string, command: string, args: string[], cwd: string) => string} runs one tool, returns its output */
export function runnerTo(log) {
  return (title, command, args, cwd) => {
    const result = spawnSync(command, args, { cwd, env: environment(), encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
    fs.mkdirSync(path.dirname(log), { recursive: true });
    fs.appendFileSync(log, `# ${title}\n${output}\n`);
    if (result.error?.code === 'ENOENT') throw new Problem({ text: `${title}: ${command} was not found on the PATH` });
    if (result.status !== 0) throw new Problem({ text: `${title} failed; the whole log is ${log}\n${telling(output)}` });
    return output;
  };
}

/** The lines with errors, or else the last ones. */
function telling(output) {
  const lines = output.trim().split('\n');
  const errors = [...new Set(lines.filter((line) => /\berror\b|ERR!/i.test(line)).map((line) => line.trim()))];
  return (errors.length ? errors : lines).slice(-12).map((line) => `  ${line}`).join('\n');
}

function environment() {
  // With the variables of an outer `dotnet build`, the inner one would read the outer one's files.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MSBUILD|NUGET_PACKAGES$)/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_CLI_UI_LANGUAGE: 'en',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
    JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
  };
}
