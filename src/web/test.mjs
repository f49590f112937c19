// Bundles every *.test.ts into a temporary folder and runs them with node's own test runner. node src/web/test.mjs
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL(".", import.meta.url));
const tests = readdirSync(web, { recursive: true }).filter((file) => file.endsWith(".test.ts"));
if (tests.length === 0) throw new Error("test.mjs: no *.test.ts found");

const folder = mkdtempSync(join(tmpdir(), "lectern-web-"));
try {
  await build({
    entryPoints: tests.map((file) => join(web, file)),
    outdir: folder,
    outbase: web,
    bundle: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    sourcemap: "inline",
    logLevel: "warning",
    define: { "globalThis.webFolder": JSON.stringify(web) },
  });
  const files = tests.map((file) => join(folder, file.replace(/\.ts$/, ".mjs")));
  console.log(`web: ${tests.map((file) => basename(file, ".test.ts")).join(", ")}`);
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
