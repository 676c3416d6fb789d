// The files of the site, as a handler of node:http. All of them are read once, at start.
import { readFileSync } from 'node:fs';

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

const file = (name) => readFileSync(new URL(`public/${name}`, import.meta.url), 'utf8');

/** Checks the address of the API and returns a handler of requests. */
export function site(apiUrl) {
  if (!apiUrl) throw new Error('missing environment variable: API_URL');
  if (!URL.canParse(apiUrl) || !/^https?:$/.test(new URL(apiUrl).protocol)) {
    throw new Error(`API_URL is '${apiUrl}'; it must be an http or https URL`);
  }
  const api = new URL(apiUrl);
  const files = {
    // The address, in the form of the URL standard, has no quotes that end an attribute. A function, because a replacement text has patterns.
    '/': { type: 'html', text: file('index.html').replace('{apiUrl}', () => api.href.replace(/\/$/, '')) },
    '/app.js': { type: 'js', text: file('app.js') },
    '/app.css': { type: 'css', text: file('app.css') },
  };
  const headers = {
    'Content-Security-Policy': `default-src 'self'; connect-src ${api.origin}; frame-ancestors 'none'; form-action 'none'; base-uri 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
  return (request, response) => {
    const send = (status, type, text) => {
      response.writeHead(status, { ...headers, 'Content-Type': TYPES[type] ?? 'text/plain; charset=utf-8', 'Content-Length': Buffer.byteLength(text) });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return send(405, 'text', 'only GET and HEAD are allowed\n');
    }
    const path = request.url.split('?', 1)[0];
    const found = Object.hasOwn(files, path) ? files[path] : undefined;
    return found ? send(200, found.type, found.text) : send(404, 'text', 'not found\n');
  };
}
