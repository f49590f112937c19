import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readTexts } from "../shared/texts";

const folder = join(globalThis.webFolder, "classroom");
const sources = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.includes(".test."));
const listed: string[] = JSON.parse(readFileSync(join(folder, "texts.json"), "utf8"));

test("texts.json lists exactly the texts that the classroom shows", () => {
  const used = new Set<string>();
  for (const file of sources)
    for (const [, text] of readFileSync(join(folder, file), "utf8").matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g)) used.add(text ?? "");
  assert.ok(used.size > 40);
  assert.deepEqual(listed, [...used].sort());
});

test("Every text is written out where it is used, so that the list can be complete", () => {
  for (const file of sources) {
    const calls = readFileSync(join(folder, file), "utf8").match(/\bt\(\s*[^"\s)]/g);
    assert.deepEqual(calls, null, file);
  }
});

test("A translation is used, its values put in, and English stands in for what is missing", () => {
  const t = readTexts('{"Source {n}":"Quelle {n}","Send":"","Stop":5}');
  assert.equal(t("Source {n}", { n: 2 }), "Quelle 2");
  assert.equal(t("Send"), "Send");
  assert.equal(t("Stop"), "Stop");
  assert.equal(t("Not sent any more: {text}", { text: "{n} $& <b>" }), "Not sent any more: {n} $& <b>");
});

test("Broken translations leave English", () => {
  for (const json of [null, "", "{", "[]", "null", "3"]) assert.equal(readTexts(json)("constructor"), "constructor");
});
