import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeClock } from "../shared/fake-clock";
import { type AudioWorld, Player } from "./player";

const rate = 1000; // one sample a millisecond

class FakeAudio implements AudioWorld {
  readonly sampleRate = rate;
  readonly played: { at: number; length: number; first: number }[] = [];
  readonly loudnesses: number[] = [];
  isRunning = true;
  cuts = 0;
  #stoodMs = 0;
  constructor(
    readonly clock: FakeClock,
    readonly latencySeconds = 0,
    readonly zero = clock.now(),
  ) {}
  now = () => (this.clock.now() - this.zero - this.#stoodMs) / 1000;
  latency = () => this.latencySeconds;
  play(samples: Float32Array, at: number): void {
    this.played.push({ at: round(at), length: samples.length, first: samples[0] ?? NaN });
  }
  cut(): void {
    this.cuts++;
  }
  loudness(value: number): void {
    this.loudnesses.push(value);
  }
  /** Time passes while the browser holds sound back. */
  async stand(ms: number): Promise<void> {
    this.isRunning = false;
    const standing = this.now();
    await this.clock.pass(0);
    this.now = () => standing;
    await this.clock.pass(ms);
    this.#stoodMs += ms;
    this.now = () => (this.clock.now() - this.zero - this.#stoodMs) / 1000;
    this.isRunning = true;
  }
}

const round = (seconds: number) => Math.round(seconds * 1e6) / 1e6;

function make(latencySeconds = 0) {
  const clock = new FakeClock();
  const audio = new FakeAudio(clock, latencySeconds);
  const reports: [number, number, boolean][] = [];
  const begun: [number, number][] = [];
  const counts = { empty: 0, overflows: 0 };
  const player = new Player(audio, clock, {
    report: (utterance, ms, isFinal) => reports.push([utterance, ms, isFinal]),
    begins: (_, zeroAt, fromMs) => begun.push([round(zeroAt), fromMs]),
    ranEmpty: () => counts.empty++,
    overflowed: () => counts.overflows++,
  });
  const send = (utterance: number, at: number, length: number) => player.receive({ utterance, at, samples: Float32Array.from({ length }, (_, i) => at + i) });
  return { clock, audio, reports, begun, counts, player, send };
}

test("Pieces join without a gap, sixty milliseconds after the first", async () => {
  const { clock, audio, send, begun } = make();
  send(1, 0, 200);
  send(1, 200, 100);
  await clock.pass(150);
  send(1, 300, 100);
  assert.deepEqual(audio.played.map(({ at }) => at), [0.06, 0.26, 0.36]);
  assert.deepEqual(begun, [[0.06, 0]]);
});

test("What is played is told every half second and when it runs empty, by what has reached the ear", async () => {
  const { clock, reports, send, counts } = make(0.1);
  send(1, 0, 1200);
  await clock.pass(1359);
  assert.deepEqual(reports, [[1, 340, false], [1, 840, false]]);
  await clock.pass(1000);
  assert.deepEqual(reports.slice(2), [[1, 1200, false]]);
  assert.equal(counts.empty, 1);
});

test("After an underrun the voice starts anew and its times with it", async () => {
  const { clock, audio, send, begun, player } = make();
  send(1, 0, 200);
  await clock.pass(500);
  assert.equal(player.isPlaying, false);
  assert.equal(player.heardMs, 200);
  send(1, 200, 300);
  assert.equal(audio.played[1]?.at, 0.56);
  assert.deepEqual(begun[1], [0.36, 200]);
  await clock.pass(160);
  assert.equal(Math.round(player.heardMs), 300);
});

test("A piece that comes twice is heard once", () => {
  const { audio, send } = make();
  send(1, 0, 200);
  send(1, 100, 200);
  send(1, 0, 300);
  assert.deepEqual(audio.played.map(({ length, first }) => [length, first]), [[200, 0], [100, 200]]);
});

test("A clear silences at once, is answered with the place, and the same utterance may go on from another place", async () => {
  const { clock, audio, send, player, reports } = make();
  send(1, 0, 1000);
  await clock.pass(460);
  player.clear(1);
  assert.equal(audio.cuts, 1);
  assert.equal(player.isPlaying, false);
  assert.deepEqual(reports.at(-1), [1, 400, true]);
  await clock.pass(1000);
  assert.equal(player.heardMs, 400);
  assert.equal(reports.length, 1);
  send(1, 350, 100);
  assert.equal(audio.played[1]?.first, 350);
  await clock.pass(110);
  assert.equal(Math.round(player.heardMs), 400);
  await clock.pass(1000);
  assert.deepEqual(reports.at(-1), [1, 450, false]);
});

test("The last report counts what was on its way to the ear and can't be called back", async () => {
  const { clock, send, player, reports } = make(0.2);
  send(1, 0, 1000);
  await clock.pass(360);
  assert.equal(Math.round(player.heardMs), 100);
  player.clear(1);
  assert.deepEqual(reports, [[1, 300, true]]);
});

test("A clear before the first sound is answered with nothing heard, and one for the past not at all", () => {
  const { send, player, reports } = make();
  player.clear(4);
  send(5, 0, 100);
  player.clear(4);
  assert.deepEqual(reports, [[4, 0, true]]);
});

test("Ducking plays at a quarter until it ends, a clear or the next utterance", () => {
  const { send, player, audio } = make();
  player.volume = 0.8;
  send(1, 0, 1000);
  player.duck(true);
  player.duck(true);
  player.duck(false);
  player.duck(true);
  player.clear(1);
  player.duck(true);
  send(2, 0, 100);
  assert.deepEqual(audio.loudnesses, [0.8, 0.2, 0.8, 0.2, 0.8, 0.2, 0.8]);
});

test("Sound of an older utterance than the newest is left out, and the newest cuts the older off", async () => {
  const { clock, audio, send, player } = make();
  send(1, 0, 1000);
  await clock.pass(100);
  send(2, 0, 500);
  send(1, 1000, 500);
  assert.deepEqual([audio.cuts, audio.played.length, player.utterance], [1, 2, 2]);
  assert.equal(audio.played[1]?.at, 0.16);
  assert.equal(player.heardMs, 0);
});

test("What the student stopped stays silent, although more of it is on its way", async () => {
  const { clock, audio, send, player, reports } = make();
  send(1, 0, 1000);
  await clock.pass(660);
  player.refuse(2);
  send(1, 1000, 500);
  send(2, 0, 500);
  assert.equal(audio.played.length, 1);
  player.clear(1);
  assert.deepEqual(reports.slice(-2), [[1, 600, false], [1, 600, true]]);
  send(3, 0, 500);
  assert.equal(audio.played.length, 2);
});

test("More than ten seconds ahead are not kept", () => {
  const { audio, send, counts } = make();
  for (let i = 0; i < 12; i++) send(1, i * 1000, 1000);
  assert.equal(audio.played.length, 9);
  assert.equal(counts.overflows, 3);
});

test("While the browser holds sound back nothing counts as heard, and what waited is heard after", async () => {
  const { clock, audio, send, player, reports } = make();
  audio.isRunning = false;
  send(1, 0, 600);
  await audio.stand(3000);
  assert.ok(reports.length >= 6, String(reports.length));
  assert.ok(reports.every(([, ms]) => ms === 0));
  assert.equal(player.heardMs, 0);
  const held = reports.length;
  player.resumed();
  await clock.pass(1000);
  assert.deepEqual(reports.slice(held), [[1, 440, false], [1, 600, false]]);
});

test("A browser that takes the sound away in the middle is reported to stand still until it is back", async () => {
  const { clock, audio, send, player, reports } = make();
  send(1, 0, 2000);
  await clock.pass(700);
  await audio.stand(5000);
  const [, stillAt] = reports.at(-1) ?? [];
  assert.ok(reports.slice(-5).every(([, ms]) => ms === stillAt));
  assert.ok(stillAt !== undefined && stillAt >= 440 && stillAt < 700, String(stillAt));
  player.resumed();
  await clock.pass(5000);
  assert.deepEqual(reports.at(-1), [1, 2000, false]);
});

test("A new connection may count its utterances from anew", () => {
  const { audio, send, player } = make();
  send(7, 0, 100);
  player.forget();
  send(1, 0, 100);
  assert.equal(audio.played.length, 2);
});

test("Sound that comes in small pieces makes no more reports than sound that comes at once", async () => {
  const { clock, send, reports } = make();
  for (let at = 0; at < 3000; at += 50) {
    send(1, at, 50);
    await clock.pass(50);
  }
  assert.ok(reports.length <= 6, String(reports.length));
});
