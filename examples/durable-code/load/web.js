// Load test of a deployed environment with k6 (https://grafana.com/docs/k6/latest/):
//   k6 run -e BASE_URL=https://dev.example.com examples/durable-code/load/web.js
// Requests, users and thresholds are in scenario.json, which run.mjs, the local test, reads, too. docs/load-test.md has the results.
import { check, sleep } from 'k6';
import http from 'k6/http';

const scenario = JSON.parse(open('./scenario.json'));
const weights = scenario.requests.reduce((sum, request) => sum + request.weight, 0);

export const options = {
  scenarios: {
    visitors: {
      executor: 'ramping-vus',
      startVUs: 0,
      stages: scenario.stages.map((stage) => ({ duration: stage.duration, target: stage.users })),
      gracefulRampDown: '30s',
    },
  },
  thresholds: {
    http_req_duration: [`p(95)<${scenario.thresholds.p95Milliseconds}`, `p(99)<${scenario.thresholds.p99Milliseconds}`],
    // Of the checks, because a response with status 404 is expected for one of the requests.
    checks: [`rate>${1 - scenario.thresholds.failedRate}`],
  },
};

export default function visit() {
  const request = choose(Math.random() * weights);
  const response = http.request(request.method, `${__ENV.BASE_URL}${request.path}`, null, { tags: { name: request.name } });
  check(response, { [`${request.name}: status ${request.status}`]: (answer) => answer.status === request.status });
  sleep(scenario.pauseSeconds);
}

export function setup() {
  if (!__ENV.BASE_URL) throw new Error('pass the address of the environment: -e BASE_URL=https://dev.example.com');
}

function choose(at) {
  let sum = 0;
  for (const request of scenario.requests) {
    sum += request.weight;
    if (at < sum) return request;
  }
  return scenario.requests[scenario.requests.length - 1];
}
