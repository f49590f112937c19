import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyView, type Turn, type View } from "./model";
import { type Heard, isSilenced, newPhrases, type Saying, Speaker, spoken, type Voice } from "./speech";
import { wordIndex } from "./stage";

const open: View = { ...emptyView, link: { kind: "open" } };
const turn: Turn = { turn: 1, question: null, text: "", phrases: 0, outcome: "waiting", citations: [], grounded: "none", isRepeating: false, timesRepeated: 0 };
const saying = (text: string, phrases: number, more: Partial<Turn> = {}): View => ({ ...open, turns: [{ ...turn, text, phrases, outcome: "running", ...more }] });

class FakeVoice implements Voice {
  said: { text: string; rate: number; heard: Heard }[] = [];
  stops = 0;
  say(text: string, rate: number, heard: Heard): void {
    this.said.push({ text, rate, heard });
  }
  stop(): void {
    this.stops++;
  }
  get last(): Heard {
    return this.said.at(-1)!.heard; // the tests say something first
  }
}

function makeSpeaker() {
  const voice = new FakeVoice();
  const shown: (Saying | null)[] = [];
  let now = 10;
  const speaker = new Speaker(voice, () => now++, (one) => shown.push(one));
  speaker.turn(true);
  return { voice, shown, speaker };
}

test("A phrase that arrives is said, and only what it adds", () => {
  assert.deepEqual(newPhrases(open, saying("Because salt ", 1)), ["Because salt "]);
  assert.deepEqual(newPhrases(saying("Because salt ", 1), saying("Because salt pulls.", 2)), ["pulls."]);
});

test("What was there when the line came up is not said", () => {
  assert.deepEqual(newPhrases({ ...emptyView }, saying("Hello.", 1)), []);
  assert.deepEqual(newPhrases(open, saying("Hello. How are you? Well?", 3)), []);
});

test("A repetition is said whole, sentence by sentence", () => {
  const whole = saying("One thing [1]. Another thing.", 2, { outcome: "completed" });
  assert.deepEqual(newPhrases(whole, { ...whole, turns: [{ ...whole.turns[0]!, isRepeating: true }] }), ["One thing [1]. ", "Another thing."]);
});

test("Marks of sources are not spoken", () => {
  assert.equal(spoken("Salt pulls water [1][2].\n\nSo it shrinks [3]."), "Salt pulls water. So it shrinks.");
});

test("Phrases are said one after the other, at the pace of the view", () => {
  const { voice, speaker, shown } = makeSpeaker();
  speaker.update(open, { ...saying("One, ", 1), pace: 0.85 });
  speaker.update(saying("One, ", 1), { ...saying("One, two.", 2), pace: 0.85 });
  assert.deepEqual(voice.said.map(({ text, rate }) => [text, rate]), [["One,", 0.85]]);
  voice.last.started();
  voice.last.word(0);
  voice.last.ended();
  assert.equal(voice.said.at(-1)?.text, "two.");
  voice.last.ended();
  assert.deepEqual(shown.map((one) => one && [one.text, one.at, one.since]), [["One,", null, null], ["One,", null, 10], ["One,", 0, 10], ["two.", null, null], null]);
  assert.equal(speaker.isSpeaking, false);
});

test("A new question, a stop and the end silence the teacher; what was still to come is not said", () => {
  const running = saying("One, ", 1);
  const asked: View = { ...running, unconfirmed: { id: "m-2", text: "But why?", refusal: null } };
  const stopped = saying("One, ", 1, { outcome: "stopped" });
  const ended: View = { ...running, ended: { reason: "student", summaryUrl: "/" } };
  for (const view of [asked, stopped, ended]) {
    assert.ok(isSilenced(running, view));
    const { voice, speaker, shown } = makeSpeaker();
    speaker.update(open, running);
    speaker.update(running, saying("One, two.", 2));
    const late = voice.last;
    speaker.update(saying("One, two.", 2), { ...view, turns: view === stopped ? saying("One, two.", 2, { outcome: "stopped" }).turns : saying("One, two.", 2).turns });
    late.ended();
    assert.deepEqual([voice.said.length, voice.stops, shown.at(-1)], [1, 1, null]);
  }
});

test("Nothing is said while the voice is off, and switching it off silences it", () => {
  const { voice, speaker } = makeSpeaker();
  speaker.update(open, saying("One.", 1));
  speaker.turn(false);
  assert.equal(voice.stops, 1);
  speaker.update(saying("One.", 1), saying("One. Two.", 2));
  assert.equal(voice.said.length, 1);
});

test("A phrase without a word is passed over", () => {
  const { voice, speaker } = makeSpeaker();
  speaker.update(open, saying("[1]", 1));
  assert.equal(voice.said.length, 0);
  assert.equal(speaker.isSpeaking, false);
});

test("A place in a text tells its word", () => {
  assert.deepEqual([0, 4, 10].map((at) => wordIndex("The quick fox", at)), [0, 1, 2]);
});
