#!/usr/bin/env node
// Checks pages of ./infra report in Chromium, which must be installed:
//   node Tests/Insight/Page/browser-check.mjs [--pictures FOLDER] FILE...
// No error and no request; the search filters; nothing is wider than the window at 400 and 1280 pixels; contrast of all text is at least
// 4.5:1, light and dark. Exit code 1 if a check fails, 4 without a browser. Not part of ./infra test, which needs no browser.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const WIDTHS = [400, 1280];
const SCHEMES = ["light", "dark"];
// WCAG 2.2, success criterion 1.4.3, for text of normal size.
const LEAST_CONTRAST = 4.5;

const arguments_ = process.argv.slice(2);
const pictures = arguments_[0] === "--pictures" ? arguments_.splice(0, 2)[1] : null;
if (arguments_.length === 0) fail(2, "usage: browser-check.mjs [--pictures FOLDER] FILE...");
const program = ["chromium", "chromium-browser", "google-chrome"].find((name) => spawnSync(name, ["--version"]).status === 0);
if (!program) fail(4, "no browser: install chromium, for example with apt-get install chromium");

const profile = mkdtempSync(path.join(tmpdir(), "infra-browser-"));
const browser = spawn(
  program,
  ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
);
const problems = [];
try {
  const protocol = connect(browser.stdio[3], browser.stdio[4]);
  for (const file of arguments_) await check(protocol, file);
} finally {
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill();
  await ended;
  rmSync(profile, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
console.log(`${arguments_.length} pages, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);

/** The DevTools protocol: messages end with a NUL character. */
function connect(to, from) {
  let last = 0;
  let received = "";
  const waiting = new Map();
  const listeners = new Set();
  from.setEncoding("utf8").on("data", (data) => {
    const messages = (received + data).split("\0");
    received = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      const answer = waiting.get(message.id);
      waiting.delete(message.id);
      if (answer && message.error) answer.reject(new Error(message.error.message));
      else if (answer) answer.resolve(message.result);
      else for (const listener of listeners) listener(message);
    }
  });
  return {
    listeners,
    send: (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        to.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
      }),
  };
}

async function check(protocol, file) {
  const url = pathToFileURL(file).href;
  const { targetId } = await protocol.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await protocol.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params = {}) => protocol.send(method, params, sessionId);
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  let loaded;
  const isLoaded = new Promise((resolve) => (loaded = resolve));
  const listener = ({ method, params, sessionId: session }) => {
    if (session !== sessionId) return;
    if (method === "Network.requestWillBeSent" && params.request.url !== url) problems.push(`${file}: request of ${params.request.url}`);
    if (method === "Runtime.exceptionThrown") problems.push(`${file}: ${params.exceptionDetails.text}`);
    if (method === "Runtime.consoleAPICalled") problems.push(`${file}: console.${params.type}`);
    if (method === "Log.entryAdded") problems.push(`${file}: ${params.entry.text}`);
    if (method === "Page.loadEventFired") loaded();
  };
  protocol.listeners.add(listener);
  for (const domain of ["Network", "Runtime", "Log", "Page"]) await send(`${domain}.enable`);
  await send("Page.navigate", { url });
  await isLoaded;
  for (const width of WIDTHS) {
    await send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
    const wide = await evaluate("document.documentElement.scrollWidth");
    if (wide > width) problems.push(`${file}: ${wide} pixels wide in a window of ${width}`);
    for (const value of SCHEMES) {
      await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
      const { texts, low } = await evaluate(`(${contrasts})(${LEAST_CONTRAST})`);
      if (texts < 100) problems.push(`${file}: contrast of only ${texts} texts`);
      for (const text of low) problems.push(`${file}, ${value}: ${text}`);
      if (pictures) {
        const clip = { x: 0, y: 0, width, height: 1500, scale: 1 };
        const { data } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
        writeFileSync(path.join(pictures, `${path.basename(file, ".html")}-${width}-${value}.png`), Buffer.from(data, "base64"));
      }
    }
  }
  problems.push(...(await evaluate(`(${searches})()`)).map((problem) => `${file}: ${problem}`));
  protocol.listeners.delete(listener);
  await protocol.send("Target.closeTarget", { targetId });
}

/** In the page: texts whose contrast is lower. */
function contrasts(least) {
  const parse = (color) => (color.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const isOpaque = (color) => color !== "none" && (parse(color)[3] ?? 1) === 1;
  const luminance = (color) => {
    const [r, g, b] = parse(color).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // In a picture, the last rectangle before the text that contains its centre.
  const rectangles = [...document.querySelectorAll("svg rect")].filter((each) => isOpaque(getComputedStyle(each).fill));
  const places = new Map(rectangles.map((each) => [each, each.getBoundingClientRect()]));
  const behind = (element) => {
    if (!element.closest("svg")) {
      for (let at = element; at; at = at.parentElement)
        if (isOpaque(getComputedStyle(at).backgroundColor)) return getComputedStyle(at).backgroundColor;
      return "rgb(255, 255, 255)";
    }
    const box = element.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const last = rectangles.filter((each) => {
      const place = places.get(each);
      return each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && place.left <= x && x <= place.right
        && place.top <= y && y <= place.bottom;
    }).pop();
    return getComputedStyle(last).fill;
  };
  const low = [];
  let texts = 0;
  for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode();) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.getClientRects().length === 0 || element.closest("title, style, script")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(element.closest("svg") ? style.fill : style.color), luminance(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    texts++;
    if (contrast < least) low.push(`contrast ${contrast.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 60)}`);
  }
  return { texts, low };
}

/** In the page: what is wrong with the search. */
function searches() {
  const field = document.getElementById("search");
  const rows = [...document.querySelectorAll("#resources tbody tr")];
  const find = (text) => {
    field.value = text;
    field.dispatchEvent(new Event("input"));
    return rows.filter((row) => row.getClientRects().length > 0).length;
  };
  const buckets = rows.filter((row) => row.textContent.toLowerCase().includes("aws_iam_role.")).length;
  const found = [
    [find("AWS_iam_role."), buckets, "resources with aws_iam_role."],
    [find("no such resource"), 0, "resources that do not exist"],
    [find(""), rows.length, "all resources"],
  ];
  const wrong = found.filter(([shown, expected]) => shown !== expected)
    .map(([shown, expected, text]) => `search shows ${shown}, not ${expected} ${text}`);
  if (buckets === 0) wrong.push("the page has no role to search");
  if (!document.getElementById("found").textContent.includes(`${rows.length} of ${rows.length}`)) wrong.push("no count of the search");
  return wrong;
}

function fail(code, message) {
  console.error(message);
  process.exit(code);
}
