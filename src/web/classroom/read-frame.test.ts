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
    type: "phrase", seq: 1, turn: 1, index: 0, text: "a", pace: 1, again: false, utterance: null,
  });
});

const ready = {
  type: "ready", seq: 1, session: "s", serverTime: "2026-03-02T09:00:00Z", endsAt: "2026-03-02T09:30:00Z", idleMinutes: 5, messagesLeft: 9,
  teacher: { slug: "ada", name: "Ada" }, title: "T", resumed: false, turns: [],
};
const offerOf = (audio: unknown) => {
  const frame = read({ ...ready, audio });
  return frame?.type === "ready" ? frame.audio : "broken";
};

test("What the server says of speech in the protocol's document is understood, and the rest is the client's", () => {
  const document = readFileSync(join(globalThis.webFolder, "../../docs/live-protocol.md"), "utf8");
  const section = document.slice(document.indexOf("## 10. Speech"));
  const examples = [...section.matchAll(/```json\n([\s\S]*?)```/g)].flatMap((match) => (match[1] ?? "").split(/\n(?=\{)/));
  assert.deepEqual(examples.map((example) => readFrame(example)?.type).filter(Boolean), ["audio", "speech", "clear", "hearing"]);
  assert.deepEqual(read({ type: "duck", seq: 54, value: true }), { type: "duck", seq: 54, value: true });
});

test("A server without speech offers none; what it can't do is null", () => {
  assert.equal(offerOf(undefined), null);
  assert.deepEqual(offerOf({}), { out: null, in: null, recognition: false });
  const sound = { formats: ["pcm16", "mulaw"], sampleRate: 22050 };
  assert.deepEqual(offerOf({ out: sound, in: null, recognition: true }), { out: sound, in: null, recognition: true });
});

test("Formats of the future are left out, and an offer of nothing else is none", () => {
  assert.deepEqual(offerOf({ out: { formats: ["opus", "mulaw"], sampleRate: 8000 }, in: { formats: ["opus"], sampleRate: 48000 } }), {
    out: { formats: ["mulaw"], sampleRate: 8000 }, in: null, recognition: false,
  });
});

test("A broken offer breaks its frame", () => {
  for (const broken of [[], "yes", { out: [] }, { out: { formats: "pcm16", sampleRate: 1 } }, { in: { formats: [1], sampleRate: 1 } }, { in: { formats: [], sampleRate: -1 } }, { recognition: "yes" }])
    assert.equal(offerOf(broken), "broken", JSON.stringify(broken));
});

test("What was agreed may be nothing, and names a known format", () => {
  assert.deepEqual(read({ type: "audio", seq: 1 }), { type: "audio", seq: 1, out: null, in: null });
  assert.deepEqual(read({ type: "audio", seq: 1, out: { format: "own", sampleRate: 0 }, in: null }), { type: "audio", seq: 1, out: { format: "own", sampleRate: 0 }, in: null });
  for (const out of [{ format: "opus", sampleRate: 1 }, { format: "pcm16", sampleRate: "1" }, "pcm16"]) assert.equal(read({ type: "audio", seq: 1, out }), null);
});

test("Times of words and visemes are rows of numbers, and anything else breaks the frame", () => {
  const speech = { type: "speech", seq: 1, turn: 1, utterance: 2, index: 0, fromMs: 0, ms: null };
  assert.deepEqual(read(speech), { ...speech, text: null, place: 0, words: [], visemes: [] });
  assert.deepEqual(read({ ...speech, text: "Salt", place: 7, ms: 12.5, words: [[0, 0, 3]], visemes: [[0, 2], [8.5, 14]] }), { ...speech, text: "Salt", place: 7, ms: 12.5, words: [[0, 0, 3]], visemes: [[0, 2], [8.5, 14]] });
  for (const broken of [{ words: [[0, 0]] }, { words: [null] }, { words: {} }, { visemes: [[0, "2"]] }, { visemes: [[0, -1]] }, { fromMs: -1 }, { fromMs: null }, { ms: "1" }, { text: 7 }, { place: -1 }, { utterance: 1.5 }, { index: null }])
    assert.equal(read({ ...speech, ...broken }), null, JSON.stringify(broken));
});

test("The small frames of speech say what they must", () => {
  for (const broken of [{ type: "clear" }, { type: "clear", utterance: -1 }, { type: "duck", value: "yes" }, { type: "duck" }, { type: "hearing", value: "music" }, { type: "phrase", turn: 1, index: 0, text: "a", utterance: "1" }])
    assert.equal(read({ seq: 1, ...broken }), null, JSON.stringify(broken));
});
