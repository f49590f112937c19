import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyView, type Turn, type View } from "./model";
import { type Heard, isSilenced, newPhrases, type Place, type Saying, Speaker, spoken, spokenPlaces, type Voice } from "./speech";
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
  const reports: [Place, boolean][] = [];
  const speaker = new Speaker(voice, () => now++, (one) => shown.push(one), (place, isFinal) => reports.push([place, isFinal]));
  speaker.turn(true);
  return { voice, shown, speaker, reports };
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

test("Each character that is said knows its place in the phrase", () => {
  const phrase = "  Salt [1]  pulls\nwater [2].";
  const { text, places } = spokenPlaces(phrase);
  assert.equal(text, "Salt pulls water.");
  assert.deepEqual([0, 5, 11, 16].map((at) => phrase[places[at] ?? -1]), ["S", "p", "w", "."]);
});

test("Where the server paces the voice it is told of words and of phrases", () => {
  const { voice, speaker, reports } = makeSpeaker();
  speaker.phrase(3, 0, "Salt [1] pulls ", 0.9);
  speaker.phrase(3, 1, "[2] ", 1);
  speaker.phrase(3, 2, "water.", 1);
  assert.deepEqual(voice.said.map(({ text, rate }) => [text, rate]), [["Salt pulls", 0.9]]);
  voice.last.started();
  voice.last.word(5);
  voice.last.ended();
  assert.equal(voice.said.at(-1)?.text, "water.");
  voice.last.ended();
  assert.deepEqual(reports.map(([{ utterance, phrase, character }, isFinal]) => [utterance, phrase, character, isFinal]), [[3, 0, 9, false], [3, 1, 0, false], [3, 2, 0, false], [3, 3, 0, false]]);
  assert.equal(speaker.isSpeaking, false);
});

test("A clear silences the voice and says how far it got; the same utterance may go on", () => {
  const { voice, speaker, reports } = makeSpeaker();
  speaker.phrase(3, 1, "Salt pulls water.", 1);
  voice.last.started();
  voice.last.word(5);
  speaker.clear(3);
  assert.deepEqual(reports.at(-1), [{ utterance: 3, phrase: 1, character: 5 }, true]);
  speaker.clear(4);
  assert.deepEqual(reports.at(-1), [{ utterance: 4, phrase: 0, character: 0 }, true]);
  assert.ok(!speaker.isSpeaking && voice.stops > 0);
  speaker.phrase(3, 1, "Salt pulls water.", 1);
  assert.ok(speaker.isSpeaking);
});

test("What the student stopped is not said, although more of it is on its way", () => {
  const { voice, speaker } = makeSpeaker();
  speaker.phrase(3, 0, "Salt ", 1);
  speaker.silence();
  speaker.phrase(3, 1, "pulls ", 1);
  speaker.phrase(4, 0, "Water ", 1);
  assert.deepEqual(voice.said.map(({ text }) => text), ["Salt", "Water"]);
});
