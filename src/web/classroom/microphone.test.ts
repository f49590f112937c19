import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeClock, settle } from "../shared/fake-clock";
import { Deaf, type Ear, type EarEvents, levelOf, Microphone, type MicrophoneState, type OpenEar, type Trouble } from "./microphone";

class FakeEar implements Ear {
  staysOpen = true;
  trouble: Trouble | null = null;
  heard: EarEvents | null = null;
  readonly closed: boolean[] = [];
  readonly rests: boolean[] = [];
  opened = 0;
  /** Lets the browser's question be answered by hand. */
  answer: (() => void) | null = null;
  asks = false;

  async open(heard: EarEvents): Promise<OpenEar> {
    this.opened++;
    if (this.asks) await new Promise<void>((resolve) => (this.answer = resolve));
    if (this.trouble) throw new Deaf(this.trouble);
    this.heard = heard;
    return { echoCancellation: true, close: (isAbrupt) => this.closed.push(isAbrupt), rest: (isResting) => this.rests.push(isResting) };
  }
}

const loud = Int16Array.from({ length: 640 }, (_, i) => (i % 2 ? 4000 : -4000));
const nothing = new Int16Array(640);

function make(mode: MicrophoneState["mode"] = "hands-free") {
  const clock = new FakeClock();
  const ear = new FakeEar();
  const talks: boolean[] = [];
  const sounds: number[] = [];
  const microphone = new Microphone(ear, clock, { changed: () => {}, sound: (_, at) => sounds.push(at), level: () => {}, talk: (value) => talks.push(value) });
  microphone.mode = mode;
  const hear = (samples: Int16Array, at = 0) => ear.heard!.sound(samples, at); // the tests open it first
  return { clock, ear, microphone, talks, sounds, hear };
}

test("Hands-free, the microphone is on until it is switched off, and sends all it hears", async () => {
  const { microphone, ear, sounds, hear } = make();
  microphone.toggle();
  assert.equal(microphone.state.phase, "asking");
  await settle();
  assert.deepEqual([microphone.state.phase, microphone.state.echoCancellation], ["on", true]);
  hear(loud, 0);
  hear(nothing, 640);
  microphone.toggle();
  hear(loud, 1280);
  assert.deepEqual(sounds, [0, 640]);
  assert.deepEqual([microphone.state.phase, ear.closed], ["off", [true]]);
});

test("Whatever keeps the microphone from opening is said, and the next try may do better", async () => {
  for (const trouble of ["refused", "none", "busy", "failed"] as const) {
    const { microphone, ear } = make();
    ear.trouble = trouble;
    microphone.toggle();
    await settle();
    assert.deepEqual([microphone.state.phase, microphone.state.trouble], ["off", trouble]);
    ear.trouble = null;
    microphone.toggle();
    await settle();
    assert.deepEqual([microphone.state.phase, microphone.state.trouble], ["on", null]);
  }
});

test("A microphone that is unplugged is off, and a muted one stays on", async () => {
  const { microphone, ear } = make();
  microphone.toggle();
  await settle();
  ear.heard?.muted(true);
  assert.deepEqual([microphone.state.phase, microphone.state.trouble], ["on", "muted"]);
  ear.heard?.muted(false);
  assert.equal(microphone.state.trouble, null);
  ear.heard?.ended("unplugged");
  assert.deepEqual([microphone.state.phase, microphone.state.trouble, ear.closed.length], ["off", "unplugged", 1]);
});

test("Eight seconds of nothing at all are said, until something is heard", async () => {
  const { microphone, clock, hear } = make();
  microphone.toggle();
  await settle();
  await clock.pass(7_000);
  hear(loud);
  await clock.pass(7_999);
  hear(nothing);
  assert.equal(microphone.state.trouble, null);
  await clock.pass(1);
  assert.equal(microphone.state.trouble, "silent");
  hear(loud);
  assert.equal(microphone.state.trouble, null);
});

test("While the teacher is at it, quiet is no trouble, nor on a muted microphone", async () => {
  const { microphone, clock, ear } = make();
  microphone.toggle();
  await settle();
  microphone.isAttended = false;
  await clock.pass(60_000);
  assert.equal(microphone.state.trouble, null);
  microphone.isAttended = true;
  ear.heard?.muted(true);
  await clock.pass(60_000);
  assert.equal(microphone.state.trouble, "muted");
});

test("Held, the button talks, and what is said last still goes out before the talk ends", async () => {
  const { microphone, talks, sounds, hear } = make("hold");
  microphone.press();
  await settle();
  hear(loud, 0);
  microphone.release();
  assert.deepEqual(talks, [true]);
  hear(loud, 640);
  assert.deepEqual(talks, [true, false]);
  hear(loud, 1280);
  assert.deepEqual(sounds, [0, 640]);
});

test("A talk ends although no more sound comes", async () => {
  const { microphone, clock, talks } = make("hold");
  microphone.press();
  await settle();
  microphone.release();
  await clock.pass(200);
  assert.deepEqual(talks, [true, false]);
});

test("Between two holds the microphone stays open for a minute, so that the first word is not lost", async () => {
  const { microphone, ear, clock, talks } = make("hold");
  microphone.press();
  await settle();
  microphone.release();
  await clock.pass(30_000);
  microphone.press();
  assert.deepEqual([ear.opened, talks], [1, [true, false, true]]);
  microphone.release();
  await clock.pass(60_000);
  assert.deepEqual([microphone.state.phase, ear.closed.length], ["off", 1]);
});

test("Who lets go while the browser still asks has not talked", async () => {
  const { microphone, ear, talks } = make("hold");
  ear.asks = true;
  microphone.press();
  await settle();
  microphone.release();
  ear.answer?.();
  await settle();
  assert.deepEqual([talks, microphone.state.phase, microphone.state.isHeld], [[], "on", false]);
});

test("Switched off while the browser still asks, it closes what it is given then", async () => {
  const { microphone, ear } = make();
  ear.asks = true;
  microphone.toggle();
  await settle();
  microphone.off();
  ear.answer?.();
  await settle();
  assert.deepEqual([microphone.state.phase, ear.closed], ["off", [true]]);
});

test("The browser's own recognition is let finish when the button is let go", async () => {
  const { microphone, ear } = make("hold");
  ear.staysOpen = false;
  microphone.press();
  await settle();
  microphone.release();
  assert.deepEqual([ear.closed, microphone.state.phase], [[false], "off"]);
});

test("An ear that would hear the teacher rests meanwhile", async () => {
  const { microphone, ear } = make();
  microphone.isDrownedOut = true;
  microphone.toggle();
  await settle();
  microphone.isDrownedOut = false;
  assert.deepEqual(ear.rests, [true, false]);
});

test("A server that can't use the sound switches the microphone off and says so", async () => {
  const { microphone, ear } = make();
  microphone.reject();
  assert.equal(microphone.state.trouble, null);
  microphone.toggle();
  await settle();
  microphone.reject();
  assert.deepEqual([microphone.state.phase, microphone.state.trouble, ear.closed.length], ["off", "rejected", 1]);
});

test("Another way of talking begins with the microphone off", async () => {
  const { microphone } = make();
  microphone.toggle();
  await settle();
  microphone.mode = "hold";
  assert.deepEqual([microphone.state.phase, microphone.state.mode], ["off", "hold"]);
});

test("The level goes from nothing to loud", () => {
  assert.equal(levelOf(nothing), 0);
  assert.ok(levelOf(loud) > 0.5 && levelOf(loud) < 1.01);
  assert.equal(levelOf(new Int16Array(0)), 0);
});
