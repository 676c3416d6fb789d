import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { statusOf } from '../public/app.js';
import { site } from '../site.mjs';

const API = 'https://dev.example.com/api';
let server;
let url;

before(async () => {
  server = createServer(site(API));
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test('the page has the address of the API, which the browser may connect to', async () => {
  const response = await fetch(`${url}/?from=mail`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.match(response.headers.get('content-security-policy'), /connect-src https:\/\/dev\.example\.com;/);
  assert.match(await response.text(), /<meta name="api-url" content="https:\/\/dev\.example\.com\/api" \/>/);
});

test('the page only has files that are served', async () => {
  const text = await (await fetch(`${url}/`)).text();
  const paths = [...text.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(paths, ['/app.css', '/app.js']);
  for (const path of paths) assert.equal((await fetch(url + path)).status, 200, path);
});

test('HEAD has the headers of GET and no body', async () => {
  const response = await fetch(`${url}/`, { method: 'HEAD' });
  assert.ok(Number(response.headers.get('content-length')) > 0);
  assert.equal(await response.text(), '');
});

test('other paths and methods are rejected', async () => {
  for (const path of ['/missing', '/constructor', '/server.mjs', '/..%2fserver.mjs']) {
    assert.equal((await fetch(url + path)).status, 404, path);
  }
  const post = await fetch(`${url}/`, { method: 'POST' });
  assert.deepEqual([post.status, post.headers.get('allow')], [405, 'GET, HEAD']);
});

test('the page says whether the API is available', async () => {
  const answer = (status, body) => async (asked) => {
    assert.equal(asked, `${API}/about`);
    return new Response(body, { status });
  };
  assert.equal(
    await statusOf(API, answer(200, '{"environment":"dev","version":"1.0.0"}')), 'The API is available: environment dev, version 1.0.0.');
  assert.equal(await statusOf(API, answer(503, '')), 'The API is unavailable. Try again later.');
  assert.equal(await statusOf(API, answer(200, 'no JSON')), 'The API is unavailable. Try again later.');
  assert.equal(await statusOf(API, async () => { throw new TypeError('fetch failed'); }), 'The API is unavailable. Try again later.');
});

test('a wrong address is named', () => {
  assert.throws(() => site('"><script>'), /API_URL is '"><script>'; it must be an http or https URL/);
  assert.throws(() => site('file:///etc/passwd'), /must be an http or https URL/);
});

test('a missing or wrong variable is named, and the server does not start', () => {
  const server = fileURLToPath(new URL('../server.mjs', import.meta.url));
  for (const [env, reason] of [
    [{}, 'missing environment variable: API_URL'],
    [{ API_URL: API, PORT: 'http' }, "PORT is 'http'; it must be a number from 1 to 65535"],
  ]) {
    const run = spawnSync(process.execPath, [server], { env, encoding: 'utf8' });
    assert.deepEqual([run.status, run.stderr.trim()], [2, reason]);
  }
});

test('an address cannot end the attribute that it is in', () => {
  let page = '';
  const response = { writeHead() {}, end(text) { page = text; } };
  site('https://dev.example.com/"><script>alert(1)</script>')({ method: 'GET', url: '/' }, response);
  assert.ok(!page.includes('<script>alert'));
});
