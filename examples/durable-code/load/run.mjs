// The scenario of web.js on this machine, with autocannon, against an application that is already running:
//   npm ci --prefix examples/durable-code/load
//   node examples/durable-code/load/run.mjs --url http://127.0.0.1:8080 --pid PID --seconds 20
// After a warm-up, first each stage of the scenario at its rate (users / pauseSeconds), then as many requests as the application answers,
// with more and more connections. With --pid (Linux), the processor time of the application shows whether it is the bottleneck. --json
// prints the numbers.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';

const CLOCK_TICKS = 100; // Of /proc on Linux: sysconf(_SC_CLK_TCK).

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    pid: { type: 'string' },
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '1,10,50,100,200' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
const connections = options.connections.split(',').map(Number);
if (!options.url || !(seconds > 0) || !connections.every((number) => number > 0)) {
  console.error('usage: node run.mjs --url http://127.0.0.1:8080 [--pid PID] [--seconds 20] [--connections 1,10,50] [--json]');
  process.exit(2);
}

const scenario = JSON.parse(readFileSync(new URL('scenario.json', import.meta.url), 'utf8'));
const requests = (onResponse) => scenario.requests.flatMap(({ method, path, weight, status }) =>
  Array(weight).fill({ method, path, onResponse: (answered) => onResponse(answered === status) }));
// Not part of the result: the first requests of a process are slow.
await autocannon({ url: options.url, duration: Math.min(seconds, 5), connections: 10, requests: requests(() => {}) });
const rows = [];
for (const { users } of scenario.stages.filter((stage) => stage.users > 0)) {
  rows.push(await run(`${users} users`, {
    connections: users,
    overallRate: users / scenario.pauseSeconds,
    // The correction assumes a fixed interval between the requests of a connection, which a low rate does not have.
    ignoreCoordinatedOmission: true,
  }));
}
for (const number of connections) {
  rows.push(await run(`${number} connections, no pause`, { connections: number }));
}
const { p95Milliseconds, p99Milliseconds, failedRate } = scenario.thresholds;
const slow = rows.filter((row) => row.paused
  && (row.p97_5 > p95Milliseconds || row.p99 > p99Milliseconds || row.unexpected > row.requests * failedRate));
if (options.json) {
  console.log(JSON.stringify({ rows, passed: slow.length === 0 }));
} else {
  const cells = (values) => console.log(`| ${values.join(' | ')} |`);
  cells(['load', 'requests per second', 'p50 ms', 'p97.5 ms', 'p99 ms', 'unexpected', 'processors: application', 'load generator']);
  console.log('|---|---|---|---|---|---|---|---|');
  for (const row of rows) {
    cells([row.load, row.rate, row.p50, row.p97_5, row.p99, row.unexpected, row.application ?? '', row.generator]);
  }
  console.log(slow.length === 0 ? 'thresholds: met' : `thresholds: not met with ${slow.map((row) => row.load).join(', ')}`);
}
process.exit(slow.length === 0 ? 0 : 1);

async function run(load, settings) {
  let unexpected = 0;
  const count = (expected) => { unexpected += expected ? 0 : 1; };
  const before = processors();
  const began = performance.now();
  const result = await autocannon({ url: options.url, duration: seconds, requests: requests(count), ...settings });
  const elapsed = (performance.now() - began) / 1000;
  const after = processors();
  return {
    load,
    paused: 'overallRate' in settings,
    requests: result.requests.total,
    rate: Math.round(result.requests.total / result.duration),
    p50: result.latency.p50,
    p97_5: result.latency.p97_5,
    p99: result.latency.p99,
    unexpected: unexpected + result.errors + result.timeouts,
    ...(options.pid && { application: ((after.application - before.application) / elapsed).toFixed(2) }),
    generator: ((after.generator - before.generator) / elapsed).toFixed(2),
  };
}

// Seconds of processor time.
function processors() {
  const { user, system } = process.cpuUsage();
  const generator = (user + system) / 1e6;
  if (!options.pid) return { generator };
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: after the name in parentheses, utime and stime are fields 14 and 15.
  const fields = readFileSync(`/proc/${options.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return { generator, application: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS };
}
