import { afterAll, beforeAll, expect, test } from "bun:test";
import { renderToStaticMarkup } from "react-dom/server";
import { App } from "../src/App";
import { readHealth } from "../src/health";

let status = 200;
let server: ReturnType<typeof Bun.serve>;
beforeAll(() => {
  server = Bun.serve({
    port: 0,
    fetch: (request) => new Response("{}", { status: new URL(request.url).pathname === "/health" ? status : 404 }),
  });
});
afterAll(() => server.stop(true));

const url = () => `http://localhost:${server.port}`;
const page = (path: string, health: Parameters<typeof App>[0]["health"]) =>
  renderToStaticMarkup(<App path={path} health={health} onSignIn={() => undefined} />);

test("the API's /health decides", async () => {
  expect(await readHealth(url())).toBe("available");
  status = 503;
  expect(await readHealth(url())).toBe("unavailable");
  expect(await readHealth("http://localhost:1")).toBe("unavailable");
});

test("the page shows the state of the API and a way to sign in", () => {
  expect(page("/", "available")).toContain("The API is available.");
  expect(page("/", "unavailable")).toContain("The API is unavailable.");
  expect(page("/", "checking")).toContain('<button type="button">Sign in</button>');
});

test("after a sign-out the login page says so", () => {
  expect(page("/login", "checking")).toContain("You are signed out.");
  expect(page("/", "checking")).not.toContain("You are signed out.");
});
