// node server.mjs: serves the site. API_URL is the address of the API, as browsers reach it; PORT is 3000 by default.
import { createServer } from 'node:http';
import { site } from './site.mjs';

let handler;
const port = Number(process.env.PORT || 3000);
try {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`PORT is '${process.env.PORT}'; it must be a number from 1 to 65535`);
  }
  handler = site(process.env.API_URL);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
const server = createServer(handler).listen(port, () => console.log(`listening on port ${port}`));
// ECS sends SIGTERM before it stops a task: running requests are completed, idle connections are closed.
process.on('SIGTERM', () => server.close());
