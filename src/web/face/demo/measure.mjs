// Frames a second of a speaking face on a slowed-down processor, in Chromium without a graphics card.
// Build the demo (see index.html), then: node src/web/face/demo/measure.mjs [slowdown, 6] [faces: 1 or 4] [width of the page, 412]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [slowdown = 6, faces = 1, width = 412] = process.argv.slice(2).map(Number);
const types = { html: "text/html", css: "text/css", js: "text/javascript" };
const folder = new URL(".", import.meta.url);
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://demo").pathname.slice(1) || "index.html";
  try {
    const body = readFileSync(new URL(path, folder));
    response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, "127.0.0.1");
await once(server, "listening");

const profile = mkdtempSync(join(tmpdir(), "faces-"));
const browser = spawn(process.env.CHROMIUM ?? "chromium", ["--headless", "--no-sandbox", "--remote-debugging-pipe", `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const waiting = new Map();
let unread = "";
browser.stdio[4].on("data", (data) => {
  const messages = (unread + data).split("\0");
  unread = messages.pop();
  for (const { id, result, error } of messages.map((text) => JSON.parse(text))) {
    const settle = waiting.get(id);
    waiting.delete(id);
    if (settle) error ? settle.reject(new Error(error.message)) : settle.resolve(result);
  }
});
let sent = 0;
function send(method, params = {}, sessionId) {
  browser.stdio[3].write(JSON.stringify({ id: ++sent, method, params, sessionId }) + "\0");
  return new Promise((resolve, reject) => waiting.set(sent, { resolve, reject }));
}

try {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const page = (method, params) => send(method, params, sessionId);
  const evaluate = async (expression) => (await page("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result.value;
  await page("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 2, mobile: true });
  await page("Page.navigate", { url: `http://127.0.0.1:${server.address().port}/${faces === 1 ? "?only=0" : ""}` });
  while (!(await evaluate("!!window.demo"))) await new Promise((resolve) => setTimeout(resolve, 100));
  await page("Performance.enable", { timeDomain: "threadTicks" });
  const metrics = async () => Object.fromEntries((await page("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  await page("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await evaluate("demo.measure(1500)");
  const before = await metrics();
  const figures = await evaluate("demo.measure(8000)");
  const after = await metrics();
  const perFrame = (name) => `${((1000 * (after[name] - before[name])) / figures.frames).toFixed(2)} ms`;
  console.log({ slowdown, ...figures, mainThreadPerFrame: perFrame("TaskDuration"), scriptPerFrame: perFrame("ScriptDuration"), stylePerFrame: perFrame("RecalcStyleDuration"), layoutPerFrame: perFrame("LayoutDuration") });
} finally {
  browser.kill();
  await once(browser, "exit");
  rmSync(profile, { recursive: true, force: true });
  server.close();
}
