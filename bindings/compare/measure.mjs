// Wall time and peak memory of one command with its child processes (the jsii kernel is a Node.js process).
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { Problem } from '../problem.mjs';

/**
 * Runs a command and measures it.
 * @returns {Promise<{ seconds: number, largest?: number, sum?: number }>} `largest` is the peak of the process that needs most, in MB
 *   (as shown by `time -v`), `sum` is the sum of the peaks of all its processes; both are omitted if there is no /proc
 */
export function measure(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const peaks = new Map();
    const sampler = fs.existsSync('/proc/self/status') ? setInterval(() => sample(child.pid, peaks), 20) : undefined;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      clearInterval(sampler);
      if (code !== 0) return reject(new Problem({ text: `${[command, ...args].join(' ')} ended with ${code}:\n${output}` }));
      const megabytes = [...peaks.values()].map((kilobytes) => kilobytes / 1024);
      resolve({ seconds, ...(megabytes.length && { largest: Math.max(...megabytes), sum: megabytes.reduce((a, b) => a + b) }) });
    });
  });
}

/** Records the peak memory (VmHWM) that the kernel stores for each process of the tree. */
function sample(pid, peaks) {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    const peak = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0);
    peaks.set(pid, Math.max(peak, peaks.get(pid) ?? 0));
    for (const task of fs.readdirSync(`/proc/${pid}/task`)) {
      for (const child of fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean)) sample(child, peaks);
    }
  } catch {
    // The process ended between two reads.
  }
}
