import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeClock } from "../shared/fake-clock";
import type { BrowserPlayer } from "./browser-player";
import { emptyView } from "./model";
import type { Played, ServerFrame } from "./protocol";
import { type Line, Script, wordAt } from "./script";
import type { Caption } from "./stage";
import { TeacherVoice } from "./teacher-voice";

const rate = 1000;
let seq = 0;
const phrase = (utterance: number, index: number, text: string): Extract<ServerFrame, { type: "phrase" }> => ({ type: "phrase", seq: seq++, turn: 1, index, text, pace: 1, again: false, utterance });
const speech = (utterance: number, index: number, fromMs: number, ms: number | null, words: [number, number, number][] = [], visemes: [number, number][] = []): Extract<ServerFrame, { type: "speech" }> =>
  ({ type: "speech", seq: seq++, turn: 1, utterance, index, text: null, place: 0, fromMs, ms, words, visemes });

function sound(utterance: number, at: number, length: number): ArrayBuffer {
  const frame = new ArrayBuffer(12 + 2 * length);
  const view = new DataView(frame);
  view.setUint8(0, 1);
  view.setUint32(4, utterance, true);
  view.setUint32(8, at, true);
  return frame;
}

/** Frames are drawn every 20 ms. */
function make(latencySeconds = 0.1) {
  const clock = new FakeClock();
  const zero = clock.now();
  const player: BrowserPlayer = {
    sampleRate: rate, isRunning: true, now: () => (clock.now() - zero) / 1000, latency: () => latencySeconds,
    play: () => {}, cut: () => {}, loudness: () => {}, unlock: () => {}, close: () => {},
  };
  const captions: (Caption | null)[] = [];
  const spoken: { line: Line; zeroAt: number }[] = [];
  const reports: Played[] = [];
  let hushes = 0;
  const stage = {
    speak: (line: Line, zeroAt: number) => void spoken.push({ line, zeroAt: Math.round(zeroAt * 1000) }),
    hush: () => void hushes++,
    follow: () => {},
    showCaption: (caption: Caption | null) => void captions.push(caption),
    shown: { viseme: 0, at: 0 },
  };
  const voice = new TeacherVoice({ clock, openPlayer: () => player, nextFrame: (action) => void clock.after(20, action) }, stage, (report) => reports.push(report), () => {});
  voice.update({ ...emptyView, agreed: { out: { format: "pcm16", sampleRate: rate }, in: null } });
  const marked = () => {
    const last = captions.at(-1);
    return last ? last.text.slice(last.from, last.to) : null;
  };
  return { clock, voice, captions, spoken, reports, marked, hushes: () => hushes };
}

test("The captions mark the word that reaches the ear, not the one that is scheduled", async () => {
  const { clock, voice, marked } = make(0.1);
  voice.received(phrase(1, 0, "Salt pulls water. "));
  voice.received(speech(1, 0, 0, 900, [[0, 0, 4], [300, 5, 5], [600, 11, 6]]));
  voice.sounded(sound(1, 0, 900));
  // Heard from 160 ms on: 60 until it is scheduled, 100 until it is at the ear.
  await clock.pass(440);
  assert.equal(marked(), "Salt");
  await clock.pass(40);
  assert.equal(marked(), "pulls");
  assert.equal(voice.probe?.captionWordMs, 300);
  assert.ok(Math.abs((voice.probe?.audioMs ?? 0) - 320) < 1);
  await clock.pass(300);
  assert.equal(marked(), "water.");
  await clock.pass(2000);
  assert.equal(marked(), null);
});

test("The mouth is timed by the second at which the sound begins, and anew after an underrun", async () => {
  const { clock, voice, spoken, hushes } = make();
  voice.received(phrase(1, 0, "One. "));
  voice.received(speech(1, 0, 0, 500, [], [[0, 2]]));
  assert.equal(spoken.length, 0);
  voice.sounded(sound(1, 0, 500));
  assert.deepEqual(spoken.map(({ line, zeroAt }) => [line.index, zeroAt]), [[0, 60]]);
  voice.received(phrase(1, 1, "Two."));
  voice.received(speech(1, 1, 500, 500, [], [[500, 2]]));
  assert.deepEqual(spoken.slice(1).map(({ line, zeroAt }) => [line.index, zeroAt]), [[1, 60]]);
  await clock.pass(1000);
  assert.ok(hushes() > 0);
  voice.sounded(sound(1, 500, 500));
  assert.deepEqual(spoken.slice(2).map(({ line, zeroAt }) => [line.index, zeroAt]), [[1, 560]]);
});

test("A clear takes the captions away and is answered; the voice may go on with them", async () => {
  const { clock, voice, captions, reports, marked } = make();
  voice.received(phrase(1, 0, "One two three."));
  voice.received(speech(1, 0, 0, 900, [[0, 0, 3], [300, 4, 3], [600, 8, 6]]));
  voice.sounded(sound(1, 0, 900));
  await clock.pass(500);
  voice.received({ type: "clear", seq: seq++, utterance: 1 });
  assert.equal(captions.at(-1), null);
  assert.deepEqual(reports.at(-1), { type: "played", utterance: 1, ms: 440, final: true });
  voice.sounded(sound(1, 300, 600));
  await clock.pass(200);
  assert.equal(marked(), "two");
  assert.equal(voice.isSpeaking, true);
});

test("What is stopped is silent at once, also what has only been announced", async () => {
  const { clock, voice, captions } = make();
  voice.received(phrase(1, 0, "One two three."));
  voice.silence();
  voice.sounded(sound(1, 0, 900));
  await clock.pass(500);
  assert.equal(voice.isSpeaking, false);
  assert.deepEqual(captions, []);
});

test("Sound that was not agreed upon, or is broken, is not played", () => {
  const { voice } = make();
  voice.sounded(new ArrayBuffer(3));
  assert.equal(voice.isSpeaking, false);
  voice.update(emptyView);
  voice.sounded(sound(1, 0, 900));
  assert.equal(voice.isSpeaking, false);
});

test("Where no times of words come they are estimated over the phrase, without the marks of sources", () => {
  const script = new Script();
  script.phrase(1, phrase(1, 0, "Salt [1] pulls."));
  const line = script.speech(speech(1, 0, 1000, 900));
  assert.deepEqual(line?.words.map(([, start, length]) => line.text.slice(start, start + length)), ["Salt", "pulls."]);
  assert.equal(wordAt(line!, 1100)?.[1], 0);
  assert.equal(wordAt(line!, 1899)?.[1], 9);
  const untimed = script.speech(speech(1, 0, 0, null));
  assert.ok(untimed?.isEstimated && untimed.ms > 300 && untimed.ms < 1500);
});

test("Better times replace those before, and times of an unknown phrase are left out", () => {
  const script = new Script();
  script.phrase(1, phrase(1, 0, "Salt"));
  script.speech(speech(1, 0, 0, null));
  script.speech(speech(1, 0, 0, 500, [[20, 0, 4], [80, 2, 9]]));
  assert.deepEqual(script.lines(1).map(({ ms, words }) => [ms, words]), [[500, [[20, 0, 4]]]]);
  assert.equal(script.speech(speech(1, 3, 0, 500)), null);
  assert.equal(script.lineAt(2, 0), null);
});

test("An utterance that begins again has nothing of the one that had its number", () => {
  const script = new Script();
  script.phrase(1, phrase(1, 0, "Salt "));
  script.phrase(1, phrase(1, 1, "pulls."));
  script.speech(speech(1, 1, 500, 500));
  script.phrase(1, phrase(1, 0, "Water."));
  assert.deepEqual(script.lines(1), []);
});

test("Captions go on over a line that was lost and is back", async () => {
  const { clock, voice, marked } = make();
  voice.received(phrase(1, 0, "One two three."));
  voice.received(speech(1, 0, 0, 900, [[0, 0, 3], [300, 4, 3], [600, 8, 6]]));
  voice.sounded(sound(1, 0, 300));
  await clock.pass(2000);
  voice.received({ type: "ready", seq: 1, session: "s", serverTime: 0, endsAt: 0, idleMinutes: 5, messagesLeft: 1, teacher: { slug: "a", name: "A" }, title: "", resumed: true, turns: [], audio: null });
  voice.sounded(sound(1, 300, 600));
  await clock.pass(200);
  assert.equal(marked(), "two");
});

test("What was heard of an answer ends before the first word that was not heard whole", () => {
  const script = new Script();
  const told = { ...speech(1, 1, 0, 900, [[0, 5, 4], [300, 10, 5], [600, 16, 6]]), text: "Then salt draws water.", place: 20 };
  assert.equal(script.heardAt(1, 0), null);
  assert.equal(script.speech(told)?.text, "Then salt draws water.");
  assert.deepEqual(script.heardAt(1, 299), { turn: 1, characters: 25 });
  assert.deepEqual(script.heardAt(1, 600), { turn: 1, characters: 36 });
  assert.deepEqual(script.heardAt(1, 900), { turn: 1, characters: 42 });
});
