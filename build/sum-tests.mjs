// Adds up what the test runners counted and prints the last line of ./test: "N passed, N failed[, N skipped]".
// Usage: sum-tests.mjs STATUS TRX-FOLDER NODE-TEST-LOG; STATUS is not 0 when a runner itself failed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [status, folder, webLog] = process.argv.slice(2);
const sum = { passed: 0, failed: 0, skipped: 0 };

for (const file of existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith(".trx")) : []) {
  const trx = readFileSync(join(folder, file), "utf8");
  for (const [, name, outcome] of trx.matchAll(/<UnitTestResult [^>]*?testName="([^"]*)"[^>]*?outcome="([^"]*)"/g)) {
    if (outcome === "Passed") sum.passed++;
    else if (outcome === "NotExecuted") { sum.skipped++; console.log(`skipped: ${name}`); }
    else { sum.failed++; console.log(`failed: ${name}`); }
  }
}
const web = readFileSync(webLog, "utf8");
const count = word => Number(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, "m").exec(web)?.[1] ?? 0);
sum.passed += count("pass");
sum.failed += count("fail");
sum.skipped += count("skipped");

// A runner that failed without a failed test (a crash, no test found) must not look like success.
if (status !== "0" && sum.failed === 0) sum.failed = 1;
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ""}`);
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
