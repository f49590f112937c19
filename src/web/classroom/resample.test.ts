import assert from "node:assert/strict";
import { test } from "node:test";
import { Framer, Resampler } from "./resample";

const tone = (hertz: number, rate: number, seconds: number) => Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

function resample(samples: Float32Array, rate: number, piece = 128): Float32Array {
  const resampler = new Resampler(rate, 16_000);
  const made: number[] = [];
  for (let at = 0; at < samples.length; at += piece) made.push(...resampler.push(samples.subarray(at, at + piece)));
  return Float32Array.from(made);
}

const middle = (samples: Float32Array) => samples.slice(2000, -2000);
const loudness = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

test("A tone of speech comes out as the same tone at 16 kHz, from any rate", () => {
  for (const rate of [8_000, 16_000, 22_050, 44_100, 48_000, 96_000]) {
    const made = resample(tone(1000, rate, 1), rate);
    assert.ok(Math.abs(made.length - 16_000) < 60, `${rate}: ${made.length}`);
    const expected = tone(1000, 16_000, 1);
    const error = middle(made).map((x, i) => x - (expected[i + 2000] ?? 0));
    assert.ok(loudness(error) < 0.01, `${rate}: ${loudness(error)}`);
  }
});

test("What is too high for 16 kHz does not fold back into speech", () => {
  for (const hertz of [9_500, 12_000, 15_000, 20_000]) {
    const left = loudness(middle(resample(tone(hertz, 48_000, 1), 48_000)));
    assert.ok(left < 0.01, `${hertz} Hz: ${left}`);
  }
});

test("How the sound is cut into pieces changes nothing", () => {
  const samples = tone(440, 44_100, 0.3);
  const one = resample(samples, 44_100, 128);
  const other = resample(samples, 44_100, 1000);
  const shared = Math.min(one.length, other.length);
  assert.ok(shared > 4700);
  for (let i = 0; i < shared; i++) assert.ok(Math.abs((one[i] ?? 0) - (other[i] ?? 0)) < 1e-5);
});

test("Frames are of one length, and what is too loud is clipped", () => {
  const frames: Int16Array[] = [];
  const framer = new Framer(4, (frame) => frames.push(frame));
  framer.push(Float32Array.of(0, 1, -1, 2, -2));
  framer.push(Float32Array.of(0.5, 0, 0));
  assert.deepEqual(frames.map((frame) => [...frame]), [[0, 32767, -32767, 32767], [-32767, 16384, 0, 0]]);
});
