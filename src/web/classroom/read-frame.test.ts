import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readFrame } from "./read-frame";

declare global {
  var webFolder: string;
}

const answer = {
  type: "answer", seq: 5, turn: 1, outcome: "completed", text: "Lipids [1].", grounded: "quoted",
  citations: [{ label: 1, paragraph: "p-1", lesson: { slug: "m", title: "M" }, section: "S", quote: "q", url: "/courses/c/lessons/m#p-1" }],
};
const read = (frame: unknown) => readFrame(JSON.stringify(frame));

test("Every server frame shown in the protocol's document is understood", () => {
  const document = readFileSync(join(globalThis.webFolder, "../../docs/live-protocol.md"), "utf8");
  const fromServer = document.slice(document.indexOf("## 4. From the server"), document.indexOf("## 5."));
  const examples = [...fromServer.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const types = examples.map((example) => readFrame(example)?.type);
  assert.deepEqual(types, ["ready", "state", "question", "phrase", "answer", "time", "saved", "notice", "error", "pong", "ended"]);
});

test("Frames that are no JSON object are ignored", () => {
  for (const data of ["", "{", "null", "[]", "1", '"ready"', "{}", '{"type":1,"seq":1}', new ArrayBuffer(4), undefined])
    assert.equal(readFrame(data), null, String(data));
});

test("Unknown types are ignored, also those that name what every object inherits", () => {
  for (const type of ["viseme", "__proto__", "constructor", "toString", "hasOwnProperty"]) assert.equal(read({ type, seq: 1 }), null, type);
});

test("A frame without a usable seq is ignored", () => {
  for (const seq of [undefined, null, "1", -1, 1.5, 1e300]) assert.equal(read({ type: "saved", seq, value: true }), null, String(seq));
});

test("A field of another kind breaks its frame and no other", () => {
  for (const broken of [{ turn: "1" }, { outcome: "great" }, { text: {} }, { citations: "none" }, { citations: [null] }, { grounded: "maybe" }, { again: "yes" }])
    assert.equal(read({ ...answer, ...broken }), null, JSON.stringify(broken));
  assert.equal(read(answer)?.type, "answer");
});

test("A citation's address cannot run a script nor lead to a host in disguise", () => {
  for (const url of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "", "lesson"])
    assert.equal(read({ ...answer, citations: [{ ...answer.citations[0], url }] }), null, url);
});

test("Nothing but what the protocol knows comes through", () => {
  const frame = readFrame('{"type":"state","seq":1,"value":"speaking","__proto__":{"x":1},"more":2}');
  assert.deepEqual(Object.keys(frame ?? {}), ["type", "seq", "value"]);
});

test("Fields that are optional may be null or missing", () => {
  assert.deepEqual(read({ type: "phrase", seq: 1, turn: 1, index: 0, text: "a", pace: null }), {
    type: "phrase", seq: 1, turn: 1, index: 0, text: "a", pace: 1, again: false,
  });
});
