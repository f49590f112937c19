// Prints a hash of what the published program is made of: names, sizes and times, so that a start that finds nothing changed builds nothing.
// In JavaScript because find and stat differ between Linux and macOS.
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ["src", "helpers", "demo", "package-lock.json", "package.json", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig"];
const isBuilt = path => /(^|[/\\])(bin|obj|node_modules|wwwroot[/\\]islands)$/.test(path);
const lines = [];

function look(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry?.isDirectory()) {
    if (!isBuilt(path)) for (const name of readdirSync(path)) look(join(path, name));
  } else if (entry) {
    lines.push(`${relative(root, path)} ${entry.size} ${entry.mtimeMs}`);
  }
}

for (const source of sources) look(join(root, source));
console.log(createHash("sha256").update(lines.sort().join("\n")).digest("hex"));
