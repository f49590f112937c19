// Bundles the islands. node src/web/build.mjs --outdir FOLDER
import { build } from "esbuild";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const web = fileURLToPath(new URL(".", import.meta.url));
const { values } = parseArgs({ options: { outdir: { type: "string" }, sourcemap: { type: "boolean", default: false } } });
if (!values.outdir) {
  console.error("build.mjs: --outdir FOLDER is missing");
  process.exit(2);
}

// Named one by one: esbuild succeeds silently when a pattern matches nothing.
const entries = [
  ["classroom", "classroom/classroom.ts"],
  ["classroom", "classroom/classroom.css"],
];
// What runs in the audio thread loads nothing else: not every browser lets it.
const worklets = [["microphone-worklet", "classroom/microphone-worklet.ts"]];
const outputs = ["classroom.js", "classroom.css", "microphone-worklet.js"];

const options = {
  outdir: values.outdir,
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  sourcemap: values.sourcemap,
  logLevel: "warning",
};
const entryPoints = (files) => files.map(([out, file]) => ({ out, in: join(web, file) }));
await build({ ...options, entryPoints: entryPoints(entries), splitting: true, chunkNames: "[name]-[hash]" });
await build({ ...options, entryPoints: entryPoints(worklets) });

for (const output of outputs) {
  const path = join(values.outdir, output);
  if (!existsSync(path) || statSync(path).size === 0) throw new Error(`build.mjs: ${path} was not made`);
}
